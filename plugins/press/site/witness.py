"""Which line of a plugin writes to a folder, or looks into it, while a site is built."""

from __future__ import annotations

import os
import sys
from collections.abc import Container
from pathlib import Path
from types import FrameType

from ..project import in_project
from .fingerprint import is_installed
from .opened import WRITING, absolute

_NAMESPACE = "pelican.plugins."
_OURS = (f"{(__package__ or '').rpartition('.')[0]}.", f"{_NAMESPACE}press.")
#: The index of the argument of an event that is the path it writes to: of two, the second.
_WRITES = {"os.rename": 1, "os.link": 1, "os.symlink": 1, "shutil.copyfile": 1, "shutil.move": 1, "os.truncate": 0}
#: The index of the argument that it reads or removes.
_LOOKS = {"os.rename": 0, "os.remove": 0, "os.listdir": 0, "os.scandir": 0, "shutil.move": 0}


class Witness:
    """Notes who does what in the folder `place`, except in the folder `apart` inside it. `plugins` are those of the
    site, by their modules; modules that belong to no package are noticed as well.

    `written` has the files that were written, by their names below the place, each with the line of who did it, as
    `file:line`. `late` are those that were written while pages were being written, and `looked_at` those that were read
    or removed then.
    """

    def __init__(self, place: Path, apart: Path, plugins: Container[str]) -> None:
        self._tops = tuple(f"{each}{os.sep}" for each in {str(place), os.path.realpath(place)})
        self._apart, self._plugins = f"{os.path.abspath(apart)}{os.sep}", plugins  # noqa: PTH100
        self.forget()

    def forget(self) -> None:
        """Start over."""
        self.written: dict[str, str] = {}
        self.looked_at: dict[str, str] = {}
        self.late: set[str] = set()
        self._is_late = False

    def pages_begin(self) -> None:
        """Note that pages are being written from now on."""
        self._is_late = True

    def note(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take notice of an event, as Python tells of it."""
        if event == "open":
            is_written = isinstance(arguments[2], int) and bool(arguments[2] & WRITING)
            self._note(arguments[0], is_written=is_written)
        if event in _WRITES:
            self._note(arguments[_WRITES[event]], is_written=True)
        if event in _LOOKS:
            self._note(arguments[_LOOKS[event]], is_written=False)

    def _note(self, path: object, *, is_written: bool) -> None:
        full = absolute(path) + os.sep
        top = next((top for top in self._tops if full.startswith(top)), None)
        if top is None or full.startswith(self._apart) or not (is_written or self._is_late):
            return
        whose = self._whose(sys._getframe(3))
        if not whose:
            return
        name = full[len(top) :].rstrip(os.sep).replace(os.sep, "/")
        if not is_written:
            self.looked_at.setdefault(name, whose)
            return
        self.written.setdefault(name, whose)
        if self._is_late:
            self.late.add(name)

    def _whose(self, frame: FrameType | None) -> str:
        """The line of a plugin that has led to a frame; "" if none has."""
        while frame is not None:
            module, file = str(frame.f_globals.get("__name__", "")), frame.f_code.co_filename
            if not f"{module}.".startswith(_OURS) and self._is_plugin(module, file):
                return f"{in_project(Path(file))}:{frame.f_lineno}"
            frame = frame.f_back
        return ""

    def _is_plugin(self, module: str, file: str) -> bool:
        if module.startswith(_NAMESPACE) or module in self._plugins or module.partition(".")[0] in self._plugins:
            return True
        return module != "__main__" and os.path.isfile(file) and not is_installed(file)  # noqa: PTH113
