"""Where the header of a source says something, whatever form it has: for reports that point at it.

The plugin `headers` keeps with a post where its fields are. On a site without that plugin, and in what it does not
read, which is reStructuredText and HTML, they are looked for in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import text_of

#: How far a text is looked through for its header.
_LINES, _CHARACTERS = 80, 20_000
_FENCED = re.compile(r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n")
#: The line below the title of a text in reStructuredText.
_UNDERLINE = re.compile(r"^(?P<sign>[=\-~^#*+_.:\"'`])(?P=sign){2,}[ \t]*$", re.MULTILINE)
#: What is around one of several values in a field: the line of a list in YAML, or what divides them in one line.
_BEFORE, _BEHIND = r"(?:\A|[,;\[\"'\n]|-[ \t])[ \t]*", r"(?=[ \t]*(?:[,;\]\"'\n]|\Z))"


class Place(NamedTuple):
    """The text of a source, or as much of its beginning as is needed, and where something is in it."""

    text: str
    span: Span


def place_of(content: Any, *fields: str, value: str = "") -> Place:
    """Return where the header of a post or page has one of some fields, the first that is there; if it has none, the
    first line of the source.

    `fields` are in lower case with underscores, as in a post's metadata. With a `value`, that is looked for in each of
    them, since it may be one of several, and is the place unless it is in none.
    """
    header = getattr(content, "header", None)
    spans: Mapping[str, Span] | None = getattr(header, "places", None)
    text = text_of(str(content.source_path)) if header is None or spans is None else str(header.text)
    found = [_in_text(text, name) if spans is None else spans.get(name) for name in fields]
    there = [span for span in found if span is not None]
    within = [each for span in there if value and (each := _one_of(text, span, value))]
    return Place(text, (*within, *there, first_line(text))[0])


def first_line(text: str) -> Span:
    """Return the place of a text's first line."""
    return Span(0, max(len(text.partition("\n")[0]), 1))


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


def _in_text(text: str, field: str) -> Span | None:
    """The value of a field in a text, or its whole line if the value is empty."""
    header = "\n".join(text[:_CHARACTERS].split("\n", _LINES)[:_LINES])[: end_of_header(text) or None]
    written = re.escape(field).replace("_", "[-_]")
    line = re.compile(
        rf"^[ \t]*:?[\"']?{written}[\"']?[ \t]*[:=][ \t]*(?P<value>[^\n]*)$"
        rf"|<meta\b[^<>]{{0,200}}\bname=[\"']?{written}\b[^<>]{{0,200}}\bcontent=\"(?P<content>[^\"]*)\""
        rf"|<{written}>(?P<element>[^<]*)<",
        re.MULTILINE | re.IGNORECASE,
    ).search(header)
    if line is None:
        return _title_above_a_line(text[:_CHARACTERS]) if field == "title" else None
    for group in ("value", "content", "element"):
        if line[group]:
            return Span(line.start(group), line.start(group) + len(line[group].rstrip()))
    return Span(*line.span())


def _title_above_a_line(text: str) -> Span | None:
    for line in _UNDERLINE.finditer(text):
        end = max(line.start() - 1, 0)
        start = text.rfind("\n", 0, end) + 1
        if text[start:end].strip():
            return Span(start, end)
    return None


def _one_of(text: str, span: Span, value: str) -> Span | None:
    """Where one of several values is: as a whole, or else as words of a longer one, which some headers divide."""
    field, wanted = text[span.start : span.end], re.escape(value)
    for pattern in (rf"{_BEFORE}(?P<value>{wanted}){_BEHIND}", rf"(?<!\w)(?P<value>{wanted})(?!\w)"):
        found = re.search(pattern, field)
        if found:
            return span.within(*found.span("value"))
    return None
