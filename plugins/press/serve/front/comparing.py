"""Compares files with their state a moment ago, where the system reports no events."""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress

from .watched import Plan, matters

#: How long to wait between two comparisons, in seconds, and as a multiple of what one took, so that it uses only a
#: small part of the processor.
PAUSE, SHARE = 0.5, 20

#: The stamps of files, by their paths.
_Stamps = dict[str, tuple[int, int, int, int]]


class Comparing:
    """Watches the folders of a plan."""

    def __init__(self, happened: Callable[[], None]) -> None:
        """Take a function to call when something happened."""
        self._happened = happened
        self._plan: Plan | None = None
        self._task: asyncio.Task[None] | None = None

    def watch(self, plan: Plan) -> None:
        """Watch what is in a plan from now on, and nothing else."""
        is_first, self._plan = self._plan is None, plan
        if is_first:
            self._task = asyncio.create_task(self._compare())

    def close(self) -> None:
        """Watch no more."""
        if self._task:
            self._task.cancel()

    async def _compare(self) -> None:
        plan, before = None, _Stamps()
        while self._plan:
            begun = time.monotonic()
            known, plan = plan, self._plan
            now = await asyncio.to_thread(_stamps, plan)
            if now != before and known is not None and known.paths == plan.paths:
                self._happened()
            before = now
            await asyncio.sleep(max(PAUSE, SHARE * (time.monotonic() - begun)))


def _stamps(plan: Plan) -> _Stamps:
    found = _Stamps()
    for folder, names in plan.folders():
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if matters(entry.name, names):
                    found[entry.path] = _stamp(entry)
    return found


def _stamp(entry: "os.DirEntry[str]") -> tuple[int, int, int, int]:
    try:
        status = entry.stat()
    except OSError:
        return 0, 0, 0, 0  # a link that leads nowhere
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
