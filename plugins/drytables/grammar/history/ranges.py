"""Ranges of releases: those that accept a command are seldom one range, since some releases had bugs that later ones
fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .releases import Release, releases


class Range(NamedTuple):
    """The releases from `first` to `last`, both included; it reads as `1.1.0 to 1.4.10`."""

    first: Release
    last: Release

    def has(self, release: Release) -> bool:
        """Whether a release is one of them."""
        return self.first <= release <= self.last

    def touches(self, later: Range) -> bool:
        """Whether there is no release between this range and a later one."""
        return self.last.index + 1 == later.first.index

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def joined(stretches: Iterable[Range]) -> tuple[Range, ...]:
    """The same releases as in these ranges, of which each is older than the next, with as few ranges as possible."""
    ranges: list[Range] = []
    for stretch in stretches:
        if ranges and ranges[-1].touches(stretch):
            ranges[-1] = Range(ranges[-1].first, stretch.last)
        else:
            ranges.append(stretch)
    return tuple(ranges)


def common(several: Sequence[Sequence[Range]]) -> tuple[Range, ...]:
    """The releases that are in some range of each of these lists; none, if there is no list."""
    shared = [*several[0]] if several else []
    for ranges in several[1:]:
        pairs = ((max(a.first, b.first), min(a.last, b.last)) for a in shared for b in ranges)
        shared = [Range(first, last) for first, last in pairs if first <= last]
    return tuple(shared)


def gaps(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """What is between these ranges, of which each is older than the next."""
    every = releases()
    return tuple(
        Range(every[before.last.index + 1], every[after.first.index - 1]) for before, after in pairwise(ranges)
    )


def in_words(ranges: Sequence[Range]) -> str:
    """Ranges as a sentence names them: `1.1.0 to 1.4.10, 1.4.12 and 1.6.0 to 1.8.11`."""
    *others, last = map(str, ranges)
    return f"{', '.join(others)} and {last}" if others else last
