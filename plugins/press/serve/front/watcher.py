"""Reports changes of the sources as soon as they happen.

Only the speed with which open tabs follow depends on it: each request looks at the sources anyway.
"""

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from .comparing import Comparing
from .settled import Settled
from .watched import Plan, plan_for, sources_in


class Means(Protocol):
    """What watches files, by a plan."""

    def watch(self, plan: Plan) -> None:
        """Watch what is in a plan from now on, and nothing else. Raises OSError if the system watches no more."""

    def close(self) -> None:
        """Watch no more."""


class Watcher:
    """Watches the files and folders it was last given."""

    def __init__(self, settings_file: Path, changed: Callable[[], None]) -> None:
        """Take a function to call after each change."""
        self._project = settings_file.absolute().parent
        self._changed = changed
        self._paths: tuple[str, ...] = ()
        self._settled = Settled(self._tell)
        self._means: Means | None = None

    def watch(self, paths: tuple[str, ...]) -> None:
        """Watch these from now on; the whole project if there are none."""
        self._paths = paths
        try:
            self._means = self._means or self._best()
            self._means.watch(self._plan())
        except OSError:
            self._compare()

    def end(self) -> None:
        """Watch no more."""
        self._settled.end()
        if self._means:
            self._means.close()

    def _tell(self) -> None:
        self.watch(self._paths)  # a folder may have gone or come
        self._changed()

    def _plan(self) -> Plan:
        return plan_for(self._paths or sources_in(self._project))

    def _best(self) -> Means:
        """The fastest means that this system has."""
        if not _system_sees_all():
            return Comparing(self._tell)
        if sys.platform == "linux":
            from .inotify import Inotify

            return Inotify(self._settled.happened)
        from .anywhere import Anywhere

        return Anywhere(self._tell, self._compare)

    def _compare(self) -> None:
        """Do without the system's events: they are limited, and other programs may have used them up."""
        if self._means:
            self._means.close()
        self._means = Comparing(self._tell)
        self._means.watch(self._plan())


def _system_sees_all() -> bool:
    """Whether the system sees every change: not of those that Windows makes in its own files below WSL. Who has
    watchfiles compare files that are elsewhere has them compared here.
    """
    return "microsoft" not in platform.release().lower() and not os.environ.get("WATCHFILES_FORCE_POLLING")
