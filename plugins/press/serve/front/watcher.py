"""Tells of changes of the sources as soon as they happen.

Nothing depends on it but the speed with which open tabs follow: each request looks at the sources anyway.
"""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from watchfiles import awatch

#: For how long changes are collected, and how long it must be quiet before they are reported, in milliseconds.
DEBOUNCE, STEP = 50, 5
#: How often files are compared where the system tells of no changes, in milliseconds.
POLL = 500
#: Folders of a project that are full of files that are nobody's source.
NO_SOURCES = {"output", "node_modules"}


class Watcher:
    """Watches the files and folders it was last given."""

    def __init__(self, settings_file: Path, changed: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Take a function to await after each change."""
        self._project = settings_file.absolute().parent
        self._changed = changed
        self._paths: tuple[str, ...] = ()
        self._plan: object = None
        self._tasks: list[asyncio.Task[None]] = []

    def watch(self, paths: tuple[str, ...]) -> bool:
        """Watch these paths from now on, or the whole project if there are none. Returns whether that is a change."""
        self._paths = paths
        deep, flat = _plan([Path(path) for path in paths] or _sources_in(self._project))
        plan = {(str(path), _identity(path)) for path in (*deep, *flat)}
        if plan == self._plan:
            return False
        self._plan = plan
        before, self._tasks = (
            self._tasks,
            [
                asyncio.create_task(self._tell(folders, recursive))
                for folders, recursive in ((deep, True), (flat, False))
                if folders
            ],
        )
        for task in before:
            task.cancel()
        return True

    async def end(self) -> None:
        """Watch no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _tell(self, folders: list[Path], recursive: bool) -> None:
        for polling in (None, True):
            try:
                async for _ in awatch(
                    *folders, debounce=DEBOUNCE, step=STEP, recursive=recursive, force_polling=polling,
                    poll_delay_ms=POLL, ignore_permission_denied=True,
                ):  # fmt: skip
                    await self._changed()
                    self.watch(self._paths)  # a folder may have gone or come
            except OSError:
                continue


def _plan(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the folders to watch with all that is in them, and those to watch alone: a folder that holds a source
    knows when it comes and goes.
    """
    deep = {path for path in paths if path.is_dir()}
    flat = {next(parent for parent in path.absolute().parents if parent.is_dir()) for path in paths}
    return sorted(deep), sorted(flat)


def _sources_in(project: Path) -> list[Path]:
    """Return the parts of a project that may be sources; used when no worker can tell."""
    return [
        path
        for path in project.iterdir()
        if not path.name.startswith(".") and path.name not in NO_SOURCES and not (path / "pyvenv.cfg").exists()
    ]


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino
