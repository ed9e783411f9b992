"""Which line of a plugin writes to a folder, or looks into it, while a site is built."""

from __future__ import annotations

import json
import os
import posixpath
import shlex
import sys
import tempfile
from collections.abc import Container, Iterator
from pathlib import Path
from types import FrameType

from ..project import in_project
from .fingerprint import is_installed
from .opened import WRITING, absolute, depend_on

_NAMESPACE = "pelican.plugins."
_OURS = (f"{(__package__ or '').rpartition('.')[0]}.", f"{_NAMESPACE}press.")
#: The index of the argument of an event that is the path it writes to: of two, the second.
_WRITES = {"os.rename": 1, "os.link": 1, "os.symlink": 1, "shutil.copyfile": 1, "shutil.move": 1, "os.truncate": 0}
#: The index of the argument that it reads or removes.
_LOOKS = {"os.rename": 0, "os.remove": 0, "os.listdir": 0, "os.scandir": 0, "shutil.move": 0}
#: The events that start a program whose arguments are known.
_PROGRAMS = frozenset({"subprocess.Popen", "os.system"})
#: What is done to a file.
_WRITTEN, _ASKED, _LOOKED_AT = "written", "asked", "looked at"


class Witness:
    """Notes who does what in the folder `place`, except in the folder `apart` inside it. `plugins` are those of the
    site, by their modules; modules that belong to no package are noticed as well.

    `written` has the files that were written, by their names below the place, each with the line of who did it, as
    `file:line`, and `asked` those that a plugin looked for and found. `late` are those that were written while pages
    were being written, and `looked_at` those that were read or removed then. What is done by other processes that are
    copies of this one is noted as well.
    """

    def __init__(self, place: Path, apart: Path, plugins: Container[str]) -> None:
        self._tops = tuple(f"{each}{os.sep}" for each in {str(place), os.path.realpath(place)})
        self._apart, self._plugins = f"{os.path.abspath(apart)}{os.sep}", plugins  # noqa: PTH100
        self._process, self._copies = os.getpid(), tempfile.TemporaryFile()  # noqa: SIM115  # as long as this is there
        self.forget()

    def forget(self) -> None:
        """Start over."""
        self.written: dict[str, str] = {}
        self.asked: dict[str, str] = {}
        self.looked_at: dict[str, str] = {}
        self.late: set[str] = set()
        self._is_late = False
        self._listed: set[str] = set()
        self._copies.truncate(0)
        self._copies.seek(0)

    def gather(self) -> None:
        """Add what the copies of this process did."""
        self._copies.seek(0)
        for line in self._copies.readlines():
            self._keep(*json.loads(line))

    def pages_begin(self) -> None:
        """Note that pages are being written from now on."""
        self._is_late = True

    def note(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take notice of an event, as Python tells of it."""
        if event == "open":
            is_written = isinstance(arguments[2], int) and bool(arguments[2] & WRITING)
            self._note(arguments[0], _WRITTEN if is_written else _LOOKED_AT)
        if event in _WRITES:
            self._note(arguments[_WRITES[event]], _WRITTEN)
        if event in _LOOKS:
            self._note(arguments[_LOOKS[event]], _LOOKED_AT)
        if self._is_late:
            for path in _given(event, arguments):
                # A folder in the site may be where a program writes to; the site itself, and a page, are read.
                if path in self._tops or not os.path.isdir(path):  # noqa: PTH112
                    self._note(path, _LOOKED_AT)

    def note_check(self, path: str) -> None:
        """Note that somebody has found something at a path, which may be relative."""
        full = absolute(path)
        if self._top_of(full) and os.path.isfile(full):  # noqa: PTH113
            self._note(path, _ASKED)

    def _note(self, path: object, how: str) -> None:
        full = absolute(path) + os.sep
        top = self._top_of(full)
        if not top or (how == _LOOKED_AT and not self._is_late and not os.path.isdir(full)):  # noqa: PTH112
            return
        whose = self._whose(sys._getframe(3))
        if not whose:
            return
        name = full[len(top) :].rstrip(os.sep).replace(os.sep, "/")
        if how == _ASKED:
            depend_on(full.rstrip(os.sep))
        told = name, whose, how, self._is_late
        if os.getpid() == self._process:
            self._keep(*told)
        else:
            os.write(self._copies.fileno(), json.dumps(told).encode() + b"\n")

    def _keep(self, name: str, whose: str, how: str, is_late: bool) -> None:
        if how == _LOOKED_AT:
            self._listed.add(name)
            if is_late:
                self.looked_at.setdefault(name, whose)
        elif how == _ASKED:
            # Whoever lists a folder checks whatever is in it.
            if posixpath.dirname(name) not in self._listed:
                self.asked.setdefault(name, whose)
        else:
            self.written.setdefault(name, whose)
            if is_late:
                self.late.add(name)

    def _top_of(self, full: str) -> str:
        """The place that a path is in; "" if it is elsewhere."""
        if full.startswith(self._apart):
            return ""
        return next((top for top in self._tops if full.startswith(top)), "")

    def _whose(self, frame: FrameType | None) -> str:
        """The line of a plugin that has led to a frame; "" if none has, or what it called of ours."""
        while frame is not None:
            module, file = str(frame.f_globals.get("__name__", "")), frame.f_code.co_filename
            if f"{module}.".startswith(_OURS):
                return ""
            if self._is_plugin(module, file):
                return f"{in_project(Path(file))}:{frame.f_lineno}"
            frame = frame.f_back
        return ""

    def _is_plugin(self, module: str, file: str) -> bool:
        if module.startswith(_NAMESPACE) or module in self._plugins or module.partition(".")[0] in self._plugins:
            return True
        return module != "__main__" and os.path.isfile(file) and not is_installed(file)  # noqa: PTH113


def _given(event: str, arguments: tuple[object, ...]) -> Iterator[str]:
    """The paths that a program is given when it is started: its arguments, and the folder it works in; those of
    folders end with a separator.
    """
    if event not in _PROGRAMS:
        return
    words, place = (arguments[0], None) if event == "os.system" else (arguments[1], arguments[2])
    folder = absolute(place)
    for word in (str(place or ""), *_words(words)):
        # As in --site=output
        path = os.path.normpath(os.path.join(folder, word.rpartition("=")[2]))  # noqa: PTH118
        yield f"{path}{os.sep}" if os.path.isdir(path) else path  # noqa: PTH112


def _words(command: object) -> Iterator[str]:
    """The words of a command, also where it is one for a shell."""
    for each in [command] if isinstance(command, str | bytes | os.PathLike) else list(command or ()):  # type: ignore[call-overload]
        text = os.fsdecode(each)
        try:
            yield from shlex.split(text)
        except ValueError:  # an unclosed quote
            yield text
