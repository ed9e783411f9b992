"""The markups that pages are written in, and the code that each of them has on a page. A file that is all rules is a
page with one piece of code.
"""

from __future__ import annotations

from typing import Literal

from ..diagnostics.source import Source
from .markdown.dialect import Dialect
from .snippets import Snippets

#: A dialect of Markdown, or another markup.
Markup = Dialect | Literal["restructuredtext", "asciidoc", "notebook", "rules"]

#: How the names of files in other markups than Markdown end.
OTHERS: dict[str, Markup] = {
    ".rst": "restructuredtext",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".ipynb": "notebook",
    ".rules": "rules",
    ".v4": "rules",
    ".v6": "rules",
}


def other_markup_of(name: str) -> Markup | None:
    """The markup of a file by its name; None for Markdown, whose dialect no name tells."""
    return next((markup for ending, markup in OTHERS.items() if name.lower().endswith(ending)), None)


def read_code(source: Source, markup: Markup) -> Snippets:
    """All code of a page, in order. A reader is loaded when there is something to read for it."""
    if markup == "restructuredtext":
        from .restructuredtext.blocks import read_restructuredtext

        return read_restructuredtext(source)
    if markup == "asciidoc":
        from .asciidoc.blocks import read_asciidoc

        return read_asciidoc(source)
    if markup == "notebook":
        from .notebook.cells import read_notebook

        return read_notebook(source)
    if markup == "rules":
        from .rules_file import read_rules_file

        return read_rules_file(source)
    from .markdown.fences import read_fences
    from .markdown.header import without_header

    return read_fences(without_header(source), markup)
