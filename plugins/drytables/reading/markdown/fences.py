"""The code in a Markdown page: fences, indented blocks, `<pre>`, and the fences that Markdown would not see.

Which reader finds it hangs on the dialect:

- `commonmark` reads with markdown-it-py, whose tokens know their lines: what is code, and how far it goes, is the
  answer of a parser that follows the specification. Beside it are only rules for what CommonMark does not have.
- `python_markdown` is a reader of our own, since Python-Markdown keeps no lines: its extensions take fences out of the
  text before any block is found. The tests hold it against Python-Markdown and pymdown-extensions themselves.
"""

from __future__ import annotations

from ...diagnostics.source import Source
from ..snippets import Snippets
from .dialect import OF_COMMONMARK, Dialect


def read_fences(source: Source, dialect: Dialect = "superfences") -> Snippets:
    """All fences, indented blocks and `<pre>` blocks in the body of a Markdown page, as a dialect sees them."""
    # Only one of the two is loaded: a site's build never needs the other, which takes a tenth of a second to load.
    if dialect in OF_COMMONMARK:
        from .commonmark import read_commonmark

        return read_commonmark(source, dialect)
    from .python_markdown import read_python_markdown

    return read_python_markdown(source, dialect)
