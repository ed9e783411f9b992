"""The lines of a Markdown page, and where its body begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...diagnostics.source import Source, Span
from ..excerpt import Excerpt
from ..pattern import pattern

#: Python-Markdown expands tabs to this many columns, and treats that many spaces as one level of indentation.
LEVEL = 4

_BLANKS = (" ", "\t")
_METADATA = pattern(r" {0,3}[A-Za-z0-9_-]+:")
_METADATA_MORE = pattern(r" {4,}")
_METADATA_BEGIN = pattern(r"---(\s|$)")
_METADATA_END = pattern(r"(---|\.\.\.)(\s|$)")
_QUOTE = pattern(r"[ \t]*>[ ]?")


class Line(NamedTuple):
    """One line: its number (from 1), and its text and span, both without the line end.

    `indent` is the number of columns of whitespace it begins with, and `is_blank` says whether it contains nothing
    else.
    """

    number: int
    text: str
    span: Span
    indent: int
    is_blank: bool


class Ends:
    """Finds what ends something in a source, from increasing offsets; once none is left, it stops searching."""

    def __init__(self, ending: re.Pattern[str], source: Source) -> None:
        self.ending = ending
        self.text = source.text
        self.is_none_left = False

    def after(self, start: int) -> re.Match[str] | None:
        """The first match after an offset, which must not decrease from one call to the next."""
        match = None if self.is_none_left else self.ending.search(self.text, start)
        self.is_none_left = match is None
        return match


def read_lines(source: Source) -> list[Line]:
    """All lines of the source, in order."""
    lines = []
    start = 0
    for number, whole in enumerate(source.text.split("\n"), start=1):
        text = whole.removesuffix("\r")
        indent = _indent(text) if text[:1] in _BLANKS else 0
        lines.append(Line(number, text, Span(start, start + len(text)), indent, not text or text.isspace()))
        start += len(whole) + 1
    return lines


def _indent(text: str) -> int:
    """How many columns of whitespace a text begins with."""
    blanks = text[: len(text) - len(text.lstrip(" \t"))]
    return len(blanks.expandtabs(LEVEL))


def body_start(lines: list[Line]) -> int:
    """The index of the first line after the metadata, as Python-Markdown's `meta` extension finds it.

    Metadata ends with the first blank line, with `---` or `...`, or before the first line that is not metadata.
    """
    if not lines:
        return 0
    at = 1 if _METADATA_BEGIN.match(lines[0].text.removeprefix("\ufeff")) else 0
    has_key = False
    while at < len(lines):
        text = lines[at].text.removeprefix("\ufeff") if at == 0 else lines[at].text
        if lines[at].is_blank or _METADATA_END.match(text):
            return at + 1
        if _METADATA.match(text):
            has_key = True
        elif not (has_key and _METADATA_MORE.match(text)):
            return at
        at += 1
    return at


def after_quotes(text: str, depth: int) -> int:
    """How many characters the `>` marks of `depth` block quotes occupy at the start of a line."""
    at = 0
    for _ in range(depth):
        match = _QUOTE.match(text, at)
        if not match:
            break
        at = match.end()
    return at


def after_columns(text: str, at: int, columns: int) -> int:
    """The index after at most that many columns of whitespace, counted from the index `at`."""
    if text.startswith(" " * columns, at):
        return at + columns
    width = 0
    while at < len(text) and text[at] in " \t" and width < columns:
        width = width + 1 if text[at] == " " else (width // LEVEL + 1) * LEVEL
        at += 1
    return at


def split_prefix(text: str, columns: int) -> tuple[str, str]:
    """A line's whitespace and quote marks, up to that many columns and with tabs expanded, and the rest of the line."""
    prefix = ""
    for at, char in enumerate(text):
        if len(prefix) >= columns or char not in "> \t":
            return prefix, text[at:]
        prefix += " " * (LEVEL - len(prefix) % LEVEL) if char == "\t" else char
    return prefix, ""


def code_of(source: Source, lines: list[Line], quotes: int = 0, columns: int = 0) -> Excerpt:
    """The code in the lines, without their quote marks and without that many columns of indentation."""
    if not lines:
        return Excerpt("", (), ())
    if not quotes and not columns:
        return Excerpt.of(source, block_of(source, lines))
    pieces = []
    for line in lines:
        start = line.span.start + after_columns(line.text, after_quotes(line.text, quotes), columns)
        pieces.append(Excerpt.of(source, Span(start, _line_end(source, line))))
    return Excerpt.join(pieces)


def block_of(source: Source, lines: list[Line]) -> Span:
    """The span of whole lines, including their line ends."""
    return Span(lines[0].span.start, _line_end(source, lines[-1]))


def _line_end(source: Source, line: Line) -> int:
    """The offset after a line's line feed, or the end of the text."""
    feed = source.text.find("\n", line.span.end)
    return len(source.text) if feed < 0 else feed + 1
