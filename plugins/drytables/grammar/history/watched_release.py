"""A release that records the questions it is asked, to know which of its neighbours would give the same answers.

Judging a command asks its release a few questions: whether it has an option, whether it is older than 1.4.11. Releases
that answer all of them alike cannot differ in the verdict. So a search for the release in which something changed need
not judge the command with each of them, but only with one from each such stretch.
"""

from __future__ import annotations

from .releases import Release, Spans, order_of_releases, releases


class WatchedRelease(Release):
    """A release for which every question so far had the same answer from `oldest` to `newest`, both indexes."""

    __slots__ = ("newest", "oldest")

    is_watched = True

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.oldest, self.newest = 0, len(releases()) - 1

    def _differs_from(self, index: int) -> None:
        """Note that some answer is different from the release at this index on."""
        if self.index < index:
            self.newest = min(self.newest, index - 1)
        else:
            self.oldest = max(self.oldest, index)

    def __lt__(self, other: Release) -> bool:
        self._differs_from(other.index)
        return self.index < other.index

    def __ge__(self, other: Release) -> bool:
        self._differs_from(other.index)
        return self.index >= other.index

    def __le__(self, other: Release) -> bool:
        self._differs_from(other.index + 1)
        return self.index <= other.index

    def __gt__(self, other: Release) -> bool:
        self._differs_from(other.index + 1)
        return self.index > other.index

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Release):
            return False
        self._differs_from(other.index)
        self._differs_from(other.index + 1)
        return self.index == other.index

    __hash__ = Release.__hash__

    def is_in(self, spans: Spans) -> bool:
        """Whether one of the spans contains this release."""
        order, is_there = order_of_releases(), False
        for first, last in spans:
            begin, end = order[str(first)], len(order) if last is None else order[last] + 1
            self._differs_from(begin)
            self._differs_from(end)
            is_there |= begin <= self.index < end
        return is_there
