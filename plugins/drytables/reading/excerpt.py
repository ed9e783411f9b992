"""A text cut from a source, in which each character remembers its place there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from ..diagnostics.source import Source, Span


class Excerpt(NamedTuple):
    """Text to be read, and where each of its characters is in the source.

    Indentation, prompts and quotes can be left out of it, and HTML entities appear as the character they mean.
    Character `i` was written between the source offsets `starts[i]` and `ends[i]`. Both never decrease.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, source: Source, span: Span) -> Excerpt:
        """The characters of a span; a Windows line end is reduced to its line feed."""
        text = source.text[span.start : span.end]
        whole = cls(text, range(span.start, span.end), range(span.start + 1, span.end + 1))
        if "\r\n" not in text:
            return whole
        returns = [-1, *(match.start() for match in re.finditer(r"\r(?=\n)", text)), len(text)]
        return cls.join(whole.cut(low + 1, high) for low, high in pairwise(returns))

    @classmethod
    def join(cls, pieces: Iterable[Excerpt]) -> Excerpt:
        """The pieces one after another."""
        kept = [piece for piece in pieces if piece.text]
        if len(kept) == 1:
            return kept[0]
        text = "".join(piece.text for piece in kept)
        if kept and all(_goes_on(before, after) for before, after in pairwise(kept)):
            start = kept[0].starts[0]
            return cls(text, range(start, start + len(text)), range(start + 1, start + 1 + len(text)))
        starts = tuple(chain.from_iterable(piece.starts for piece in kept))
        ends = tuple(chain.from_iterable(piece.ends for piece in kept))
        return cls(text, starts, ends)

    @classmethod
    def written_for(cls, text: str, span: Span) -> Excerpt:
        """Text that a whole span stands for, such as the value of a variable or an entity's character."""
        return cls(text, (span.start,) * len(text), (span.end,) * len(text))

    @property
    def is_unbroken(self) -> bool:
        """Whether it is one unmodified stretch of the source."""
        is_range = isinstance(self.starts, range)
        return is_range or all(low + 1 == high for low, high in pairwise((*self.starts, *self.ends[-1:])))

    def cut(self, start: int, end: int) -> Excerpt:
        """The characters from `start` up to `end`."""
        return Excerpt(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def span(self, start: int, end: int) -> Span:
        """The source span of `text[start:end]`; for an empty part, the place where it would be."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        if start < len(self.text):
            return Span(self.starts[start], self.starts[start])
        at = self.ends[-1] if self.text else 0
        return Span(at, at)

    def lines(self) -> list[Excerpt]:
        """Its lines, each with its line feed."""
        lines, start = [], 0
        while start < len(self.text):
            end = self.text.find("\n", start) + 1 or len(self.text)
            lines.append(self.cut(start, end))
            start = end
        return lines


def _goes_on(before: Excerpt, after: Excerpt) -> bool:
    """Whether both pieces are stretches of the source, and the second begins where the first ends."""
    are_ranges = isinstance(before.starts, range) and isinstance(after.starts, range)
    return are_ranges and before.ends[-1] == after.starts[0]
