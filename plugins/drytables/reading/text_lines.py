"""The lines of a page whose blocks are recognized by their indentation, and the code in such blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..diagnostics.source import Source, Span
from .excerpt import Excerpt

#: To how many columns docutils and Asciidoctor expand a tab.
TAB = 8


class TextLine(NamedTuple):
    """One line: its number (from 1), its text and span, both without the line end, and the column of its first word."""

    number: int
    text: str
    span: Span
    column: int

    @property
    def is_blank(self) -> bool:
        """Whether it contains nothing but whitespace."""
        return not self.text or self.text.isspace()

    @property
    def words(self) -> str:
        """The line without the whitespace around it."""
        return self.text.strip()


def read_text_lines(source: Source) -> list[TextLine]:
    """All lines of the source, in order."""
    lines, start = [], 0
    for number, whole in enumerate(source.text.split("\n"), start=1):
        text = whole.rstrip()
        blanks = text[: len(text) - len(text.lstrip(" \t"))]
        column = len(blanks.expandtabs(TAB)) if blanks else 0
        lines.append(TextLine(number, text, Span(start, start + len(text)), column))
        start += len(whole) + 1
    return lines


def without_blank_ends(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines without the blank ones before the first that is not, and after the last."""
    full = [at for at, line in enumerate(lines) if not line.is_blank]
    return [*lines[full[0] : full[-1] + 1]] if full else []


def least_column(lines: Sequence[TextLine]) -> int:
    """The column from which no line is indented less; 0 if all are blank."""
    return min((line.column for line in lines if not line.is_blank), default=0)


def code_of(source: Source, lines: Sequence[TextLine], columns: int) -> Excerpt:
    """The code in some lines, each without that many columns of indentation and the blanks at its end."""
    pieces = []
    for line in lines:
        start = min(line.span.start + _characters(line.text, columns), line.span.end)
        feed = source.text.find("\n", line.span.end)
        pieces.append(Excerpt.of(source, Span(start, line.span.end)))
        if feed >= 0:
            pieces.append(Excerpt.of(source, Span(feed, feed + 1)))
    return Excerpt.join(pieces)


def span_of(source: Source, lines: Sequence[TextLine]) -> Span:
    """The span of whole lines, with the line end of the last."""
    feed = source.text.find("\n", lines[-1].span.end)
    return Span(lines[0].span.start, len(source.text) if feed < 0 else feed + 1)


def _characters(text: str, columns: int) -> int:
    """How many characters at the start of a line take up that many columns."""
    width = 0
    for at, char in enumerate(text):
        if width >= columns:
            return at
        width += TAB - width % TAB if char == "\t" else 1
    return len(text)
