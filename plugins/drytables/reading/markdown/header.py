"""What a page's header says to this checker: `Iptables-needs: chain DOCKER-USER, ipset blocked`.

The header is that of Pelican and MkDocs (`Key: value` lines up to the first blank one), or what Hugo, Jekyll and
Docusaurus put between `---` or `+++` lines, where the value may be a list, in brackets or one item a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...diagnostics.codes.page import BAD_MARK
from ...diagnostics.diagnostic import Diagnostic, Label
from ...diagnostics.source import Source, Span
from ..need import Need
from ..pattern import pattern

_KEY = pattern(r"""^["']?iptables[-_]needs["']?[ \t]*[:=][ \t]*(?P<value>.*)$""", re.IGNORECASE | re.MULTILINE)
_MORE = pattern(r"(?:\n[ \t]+\S.*|\n-[ \t].*)+")
_END = pattern(r"^(?:---|\+\+\+|\.\.\.)[ \t]*$", re.MULTILINE)
#: How a header begins that is no rule above a text: with a field, a comment or a table.
_FENCED = pattern(r"""(?:---|\+\+\+)[ \t]*\n(?:["']?[\w-]+["']?[ \t]*[:=]|#|\[)""")
_NO_LINE_END = pattern(r"[^\n]")
_ITEM = pattern(r"""[^,\n"'\[\]]+""")
_NEED = pattern(r"(?P<what>chain|ipset)[ \t]+(?P<name>\S+)\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """The chains and ipset sets that every reader of a page has, and what could not be read."""

    needs: frozenset[Need] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_header(source: Source) -> Header:
    """The needs that a page's header states."""
    match = _KEY.search(source.text, 0, _header_end(source.text))
    if match is None:
        return Header()
    end = match.end("value")
    more = _MORE.match(source.text, end)
    needs, wrong = set(), []
    for item in _ITEM.finditer(source.text, match.start("value"), more.end() if more else end):
        text = item[0].strip().removeprefix("- ").strip()
        need = _NEED.match(text)
        if need is not None:
            needs.add(Need(need["what"], need["name"]))
        elif text and text != "-":
            wrong.append(_not_read(text, item.start() + item[0].index(text)))
    return Header(frozenset(needs), tuple(wrong))


def without_header(source: Source) -> Source:
    """The source with blanks in the place of a YAML or TOML header: whatever is in that is not Markdown."""
    end = _END.search(source.text, 4) if _FENCED.match(source.text) else None
    if end is None:
        return source
    return Source(source.path, _NO_LINE_END.sub(" ", source.text[: end.end()]) + source.text[end.end() :])


def _header_end(text: str) -> int:
    """Where the header ends: at its second `---` or `+++` line, or at the first blank line."""
    if text.startswith(("---", "+++")):
        second = _END.search(text, 4)
        return second.start() if second else 0
    blank = text.find("\n\n")
    return blank if blank >= 0 else len(text)


def _not_read(text: str, at: int) -> Diagnostic:
    return Diagnostic(
        BAD_MARK,
        f"`{text}` is not a valid requirement",
        Label(Span(at, at + len(text))),
        help="list what must already exist, separated by commas: `Iptables-needs: chain DOCKER-USER, ipset blocked`",
    )
