"""A release that notes what it is asked, to know which of its neighbours would give the same answers.

Judging a command asks its release a few questions: whether it has an option, whether it is older than 1.4.11. Between
two releases that answer all of them alike nothing can differ. So whoever looks for the release in which something
changed need not judge the command as each of them, but only as one of each such stretch.
"""

from __future__ import annotations

from .releases import Release, Spans, releases


class WatchedRelease(Release):
    """A release of which every question so far had the same answer from `oldest` to `newest`, both indexes."""

    __slots__ = ("newest", "oldest")

    is_watched = True

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.oldest, self.newest = 0, len(releases()) - 1

    def _differs_from(self, index: int) -> None:
        """Some answer is another one from the release of this index on."""
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

    def is_in(self, spans: Spans) -> bool:
        """Whether one of the spans holds this release."""
        for first, last in spans:
            self._differs_from(Release(str(first)).index)
            if last is not None:
                self._differs_from(Release(last).index + 1)
        return super().is_in(spans)
