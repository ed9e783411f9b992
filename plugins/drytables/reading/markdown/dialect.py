"""Which Markdown reads a page: dialects differ in what they accept as a fence."""

from __future__ import annotations

from typing import Any, Literal, get_args

#: `fenced_code`, Python-Markdown's own: a fence only at the start of a line. `superfences`, of pymdown-extensions: also
#: within a list or a quote. `quotes`: the same beside pymdown-extensions' `quotes`, where `> [!NOTE]` begins a box and
#: all lines of a fence in a quote begin with its `>`. With `+any_info`, a fence is one whatever its info string is: an
#: extension rewrites what `superfences` would not take. `commonmark`, which GitHub, Hugo, Jekyll, Docusaurus and others
#: follow: also right after a bullet, and with any info string. `mdx`: CommonMark with components in place of HTML, and
#: without indented code.
Dialect = Literal[
    "fenced_code", "superfences", "superfences+any_info", "quotes", "quotes+any_info", "commonmark", "mdx"
]  # fmt: skip

#: CommonMark and what is made from it.
OF_COMMONMARK: frozenset[Dialect] = frozenset(("commonmark", "mdx"))

#: The dialects that a user can name. Whether any info string is accepted is up to the settings of a site.
DIALECTS: tuple[Dialect, ...] = tuple(each for each in get_args(Dialect) if not each.endswith("+any_info"))

#: Those whose fences are read by `superfences`.
WITH_SUPERFENCES: frozenset[Dialect] = frozenset(
    ("superfences", "superfences+any_info", "quotes", "quotes+any_info")
)  # fmt: skip
#: Those with the quotes of pymdown-extensions.
WITH_QUOTES: frozenset[Dialect] = frozenset(("quotes", "quotes+any_info"))
#: Those that take any info string.
WITH_ANY_INFO: frozenset[Dialect] = frozenset(("superfences+any_info", "quotes+any_info", *OF_COMMONMARK))

#: Those in which any info string may be allowed, with what they are then.
_WITH_ANY_INFO_TOO: dict[Dialect, Dialect] = {"superfences": "superfences+any_info", "quotes": "quotes+any_info"}


def with_any_info(dialect: Dialect) -> Dialect:
    """The dialect that differs from one in that it takes any info string; the same if there is none."""
    return _WITH_ANY_INFO_TOO.get(dialect, dialect)


def dialect_of(md: Any) -> Dialect:
    """Which dialect a Markdown of Python-Markdown reads, by what it has read the fences and quotes with."""
    is_there = "fenced_code_block" in md.preprocessors
    reader = type(md.preprocessors["fenced_code_block"]).__module__ if is_there else ""
    if not reader.startswith("pymdownx."):
        return "fenced_code"
    quotes = type(md.parser.blockprocessors["quote"]).__module__
    dialect: Dialect = "quotes" if quotes.startswith("pymdownx.") else "superfences"
    # So a preprocessor is named that rewrites the info strings which superfences would not take.
    return with_any_info(dialect) if "any_info" in md.preprocessors else dialect
