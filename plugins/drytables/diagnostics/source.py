"""A text and places in it: character offsets are turned into lines and columns here, and nowhere else."""

from __future__ import annotations

import re
from typing import NamedTuple


class Span(NamedTuple):
    """The characters `start` up to, but not including, `end` of a source's text (offsets from 0)."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of `other`."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def starts_in(self, other: Span) -> bool:
        """Whether the start of this one is a character of `other`."""
        return other.start <= self.start < other.end

    def within(self, start: int, end: int) -> Span:
        """The part of this span from `start` to `end`, both counted from the span's start."""
        return Span(self.start + start, min(self.start + end, self.end))


#: Surrogates that no bytes decode to, not even with `surrogateescape`: a text with them cannot be written.
_HALVES = "[\ud800-\udc7f\udd00-\udfff]"


class Source:
    """One text as the user wrote it, with the path they know it by. Lone surrogates in it become U+FFFD."""

    __slots__ = ("_line_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text if text.isascii() else re.sub(_HALVES, "\ufffd", text)
        # Only a line feed ends a line, as in editors and compilers.
        self._line_starts = [0, *(line_feed.end() for line_feed in re.finditer("\n", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1, the column in characters."""
        from bisect import bisect_right  # a separate library; without diagnostics no positions are needed

        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and column, both from 1."""
        return self._line_starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its line end."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text) + 1
        return self.text[start : end - 1].removesuffix("\r")

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]
