"""A text that an editor has open, and the places in it as the editor counts them.

Editors end lines at CR LF, LF and CR only, and count a column in units of UTF-16, or of the encoding that both agreed
on. The texts that pygls keeps end lines at U+2028, form feeds and six more as well, and so are not used here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lsprotocol import types

from ...diagnostics.source import Span
from ...reading.pattern import pattern

_LINE = pattern(r"[^\r\n]*+(?:\r\n?|\n)")
_LINE_END = "\r\n"
#: The codec of an encoding, and how many bytes its units have.
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def split(text: str) -> list[str]:
    """The lines of a text with their ends; the last one has none, and may be empty."""
    lines = _LINE.findall(text)
    return [*lines, text[sum(map(len, lines)) :]]


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a column is counted in: the units of an encoding, `utf-8`, `utf-16` or `utf-32`."""

    name: str = "utf-16"

    def units(self, text: str) -> int:
        """How many units a text has."""
        codec, size = _UNITS[self.name]
        return len(text) if text.isascii() else len(text.encode(codec, "surrogatepass")) // size

    def characters(self, line: str, units: int) -> int:
        """How many characters of a line are within some units; one that is cut is not."""
        if line.isascii():
            return max(0, min(units, len(line)))
        codec, size = _UNITS[self.name]
        low, high = 0, min(max(units, 0), len(line))
        while low < high:
            middle = (low + high + 1) // 2
            if len(line[:middle].encode(codec, "surrogatepass")) // size <= units:
                low = middle
            else:
                high = middle - 1
        return low


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of a text at one moment, and where its characters are for the editor."""

    lines: Sequence[str]
    encoding: Encoding
    starts: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", [0, *accumulate(map(len, self.lines))])

    def offset(self, position: types.Position) -> int:
        """The offset of a position: that of the end, where a position is beyond the end of its line or of the text."""
        if position.line >= len(self.lines):
            return self.starts[-1]
        return self.starts[position.line] + _index(self.lines[position.line], position, self.encoding)

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        line = min(bisect_right(self.starts, offset), len(self.lines)) - 1
        before = self.lines[line][: offset - self.starts[line]]
        return types.Position(line, self.encoding.units(before.rstrip(_LINE_END)))

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(max(span.start, span.end)))


def _index(line: str, position: types.Position, encoding: Encoding) -> int:
    """The index of a position in its line, capped at the line's end."""
    return encoding.characters(line.rstrip(_LINE_END), position.character)


@dataclass(slots=True)
class Document:
    """A text while it is typed. `name` is the path of its file, or `-` if it has none."""

    uri: str
    name: str
    version: int
    lines: list[str]
    encoding: Encoding

    def change(self, change: types.TextDocumentContentChangeEvent) -> None:
        """Make one change, which costs what it changes and not what the text holds."""
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            self.lines = split(change.text)
            return
        start, end = sorted((change.range.start, change.range.end), key=lambda each: (each.line, each.character))
        last_line = len(self.lines) - 1
        first, last = min(start.line, last_line), min(end.line, last_line)
        before, after = self.lines[first], self.lines[last]
        head = before[: _index(before, start, self.encoding)] if start.line <= last_line else before
        tail = after[_index(after, end, self.encoding) :] if end.line <= last_line else ""
        # With the lines around it: a CR and an LF that become neighbours are one line end.
        above = self.lines[first - 1] if first else ""
        below = self.lines[last + 1] if last < last_line else ""
        changed = split(f"{above}{head}{change.text}{tail}{below}")
        if last + 1 < last_line:
            changed.pop()
        self.lines[max(first - 1, 0) : last + 2] = changed

    def places(self) -> Places:
        """The places of the text as it is now."""
        return Places(tuple(self.lines), self.encoding)
