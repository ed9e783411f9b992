"""Waits until a burst of file events is over: a save is several steps, and between them a post may be empty or gone."""

import asyncio
from collections.abc import Callable, Hashable, Iterable

#: How long it must be quiet before a burst is over, and for how long that may be put off, in seconds.
QUIET, LONGEST = 0.005, 0.03


class Settled:
    """Reports events in quick succession once."""

    def __init__(self, tell: Callable[[], None]) -> None:
        """Take a function to call when it is over."""
        self._tell = tell
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._begun: set[Hashable] = set()

    def happened(self, steps: Iterable[tuple[Hashable, bool]] = ()) -> None:
        """Take note of what happened to some files, each with whether it is done. One that is not done is waited for,
        as long as the whole may be put off.
        """
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._until = loop.time() + LONGEST
        else:
            self._timer.cancel()
        for file, is_done in steps:
            (self._begun.discard if is_done else self._begun.add)(file)
        at = self._until if self._begun else min(loop.time() + QUIET, self._until)
        self._timer = loop.call_at(at, self._over)

    def end(self) -> None:
        """Tell no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _over(self) -> None:
        self._timer = None
        self._begun.clear()
        self._tell()
