"""Looks again at what the machine kept from being read or rendered: no file tells when a disk has room again."""

import asyncio
import time
from collections.abc import Awaitable, Callable

#: How long to wait before the next look, in seconds, and how many times as long as the last one took: it may be only a
#: small part of what the processor does.
PAUSE, SHARE = 1.0, 10


class Retries:
    """Looks again for as long as there is a reason, and somebody who would see the difference."""

    def __init__(
        self, is_needed: Callable[[], bool], is_seen: Callable[[], bool], look: Callable[[], Awaitable[None]]
    ) -> None:
        """Take functions that say whether there is a reason, and whether anybody is there, and one that looks."""
        self._is_needed, self._is_seen, self._look = is_needed, is_seen, look
        self._task: asyncio.Task[None] | None = None

    def consider(self) -> None:
        """Begin if there is a reason, unless that is done already."""
        if self._is_needed() and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._go_on())

    def end(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

    async def _go_on(self) -> None:
        takes = 0.0
        while self._is_needed():
            await asyncio.sleep(max(PAUSE, SHARE * takes))
            if self._is_seen():
                begun = time.monotonic()
                await self._look()
                takes = time.monotonic() - begun
