"""Runs something that many ask for: never twice at once, and for each caller at least once from the start."""

import asyncio
from collections.abc import Awaitable, Callable


class OneAtATime:
    """Those who ask while it runs share the next run, since the present one may be past what they want to see."""

    def __init__(self, run: Callable[[], Awaitable[None]]) -> None:
        self._run = run
        self._present: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    def begin(self) -> "asyncio.Task[None]":
        """Let a run begin, as soon as the present one is over, and return it."""
        if self._next is None:
            self._next = asyncio.create_task(self._run_after(self._present))
        return self._next

    async def done_from_now(self) -> None:
        """Return when a run that begins after this call is over. Raises what it raises."""
        await asyncio.shield(self.begin())

    async def _run_after(self, before: asyncio.Task[None] | None) -> None:
        if before and not before.done():
            await asyncio.wait({before})
        self._present, self._next = self._next, None
        await self._run()
