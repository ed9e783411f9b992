"""Where a field stands in the header of a source, in any of the forms that headers have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drytables.diagnostics.source import Span

#: How many lines of a text may belong to its header.
_LINES = 80
_FENCED = re.compile(r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n")
#: The line below the title of a text in reStructuredText.
_UNDERLINE = re.compile(r"^[^\n]*\S[^\n]*\n(?P<line>[=\-~^#*+_.:\"'`])(?P=line){2,}[ \t]*$", re.MULTILINE)


def end_of_header(text: str) -> int:
    """Return where the text itself begins."""
    fenced = _FENCED.match(text)
    if fenced:
        end = re.compile(rf"^{re.escape(fenced['fence'])}[ \t]*$", re.MULTILINE).search(text, fenced.end())
        return end.end() if end else len(text)
    if text.lstrip().startswith("<"):
        return max(text.find("<body"), 0)
    at = re.compile(r"\S").search(text)
    first = text[at.start() :].partition("\n")[0] if at else ""
    if at is None or not re.match(r"[\w -]+:", first):  # reStructuredText: the fields follow the title
        fields = [*re.finditer(r"^:[\w -]+:.*$", text, re.MULTILINE)][:_LINES]
        return fields[-1].end() if fields else 0
    blank = re.compile(r"\n[ \t]*(?:\n|\Z)").search(text, at.start())
    return blank.end() if blank else len(text)


def field(text: str, names: Iterable[str]) -> Span | None:
    """Return the place of the value of the first of some fields that a header has, or of its whole line if the value is
    empty; None if it has none of them.
    """
    header = "\n".join(text.split("\n", _LINES)[:_LINES])[: end_of_header(text) or None]
    for name in names:
        written = re.escape(name)
        line = re.compile(
            rf"^[ \t]*:?[\"']?{written}[\"']?[ \t]*[:=][ \t]*(?P<value>[^\n]*)$"
            rf"|<meta\b[^<>]*\bname=[\"']?{written}\b[^<>]*\bcontent=\"(?P<content>[^\"]*)\""
            rf"|<{written}>(?P<element>[^<]*)<",
            re.MULTILINE | re.IGNORECASE,
        ).search(header)
        if line is not None:
            for group in ("value", "content", "element"):
                if line[group]:
                    return Span(line.start(group), line.start(group) + len(line[group].rstrip()))
            return Span(line.start(), line.end())
        if name == "title":
            title = _UNDERLINE.search(text)
            if title is not None:
                return Span(title.start(), text.index("\n", title.start()))
    return None


def first_line(text: str) -> Span:
    """Return the place of a text's first line."""
    return Span(0, max(text.find("\n"), 1) if "\n" in text else max(len(text), 1))
