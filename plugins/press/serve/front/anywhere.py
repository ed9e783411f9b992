"""Watches files on any system, through watchfiles.

It sleeps for a while, and then looks for events: how long it sleeps is how late it is.
"""

import asyncio
import os
from collections.abc import Callable

from watchfiles import awatch

from .watched import Plan

#: How long it sleeps, in milliseconds: with posts and the theme, and with the settings and plugins, which take longer
#: to be read than that. Nothing may change for as long before it tells, but it waits for no longer than the third.
STEP, SLOW_STEP, LONGEST = 50, 250, 500


class Anywhere:
    """Watches the folders of a plan."""

    def __init__(self, happened: Callable[[], None], failed: Callable[[], None]) -> None:
        """Take a function to call when something happened, and one to call if the system watches no more."""
        self._happened = happened
        self._failed = failed
        self._plan: object = None
        self._tasks: list[asyncio.Task[None]] = []

    def watch(self, plan: Plan) -> None:
        """Watch what is in a plan from now on, and nothing else."""
        identified = [(folder, _identity(folder)) for folder in (*plan.deep, *plan.flat)]
        if identified == self._plan:
            return
        self._plan = identified
        before, self._tasks = self._tasks, []
        for folders, is_deep in ((plan.deep, True), ((*plan.flat,), False)):
            if folders:
                self._tasks.append(asyncio.create_task(self._tell(folders, is_deep)))
        for task in before:
            task.cancel()

    def close(self) -> None:
        """Watch no more."""
        for task in self._tasks:
            task.cancel()

    async def _tell(self, folders: tuple[str, ...], is_deep: bool) -> None:
        step = STEP if is_deep else SLOW_STEP
        try:
            async for _ in awatch(
                *folders, debounce=LONGEST, step=step, recursive=is_deep, ignore_permission_denied=True
            ):
                self._happened()
        except OSError:
            self._failed()


def _identity(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino
