"""File events from the Linux kernel, inotify(7): nothing here runs until there is one.

watchfiles, which has it too, sleeps a few milliseconds at a time and looks for events, which keeps an idle processor
awake; and it does not tell that a file which is being written was closed.
"""

import asyncio
import ctypes
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from errno import EACCES, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, EPERM
from typing import NamedTuple

from .watched import Plan, matters

#: The bits of <sys/inotify.h>.
_MODIFY, _ATTRIB, _CLOSE_WRITE = 0x2, 0x4, 0x8
_MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF = 0x400, 0x800
_UNMOUNT, _OVERFLOW, _IGNORED = 0x2000, 0x4000, 0x8000
_ONLY_FOLDERS, _NOT_IF_UNLINKED, _IS_FOLDER = 0x1000000, 0x4000000, 0x40000000

_OF_NAMES = _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE
_OF_ITSELF = _DELETE_SELF | _MOVE_SELF
_WATCHED = _MODIFY | _ATTRIB | _CLOSE_WRITE | _OF_NAMES | _OF_ITSELF | _ONLY_FOLDERS | _NOT_IF_UNLINKED
#: Which folders are there may be otherwise after these; _ATTRIB of a folder may be a mode with which it can be read.
_OF_FOLDERS = _OF_NAMES | _OF_ITSELF | _UNMOUNT | _OVERFLOW
#: With these a save begins, of an editor that writes a file, or puts another in its place; it ends with another one.
_BEGUN = _CREATE | _MODIFY | _MOVED_FROM | _DELETE
#: An event without its name, and with the length of that.
_EVENT = struct.Struct("iIII")
_AT_ONCE = 1 << 16
#: Why a folder is not to be watched: it went, or is none, or may not be read. All else is a limit of the system's.
_NOT_THERE = frozenset({ENOENT, ENOTDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG})

#: A file, by the number of the watch and its name, and whether it is complete: not while it is being written.
Happened = tuple[tuple[int, str], bool]


class Event(NamedTuple):
    """What happened in the folder of a watch to the file of a name, which is "" for the folder itself. Both events of a
    file that was moved have the same cookie.
    """

    number: int
    bits: int
    cookie: int
    name: str


class Inotify:
    """Watches the folders of a plan."""

    def __init__(self, happened: Callable[[list[Happened]], None]) -> None:
        """Take a function to call with what happened. Raises OSError if the system has no more of these."""
        self._happened = happened
        self._system = ctypes.CDLL(None, use_errno=True)
        self._plan: Plan | None = None
        self._is_outdated = False
        self._names: dict[int, frozenset[str] | None] = {}  # by the number of the watch; None for all
        self._file = self._checked(self._system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        asyncio.get_running_loop().add_reader(self._file, self._read)

    def watch(self, plan: Plan) -> None:
        """Watch what is in a plan from now on, and nothing else. Raises OSError if the system watches no more."""
        if plan == self._plan and not self._is_outdated:
            return
        self._plan, self._is_outdated = plan, False
        before, self._names = self._names, {}
        for folder, names in plan.folders():
            number = self._added(folder)
            if number is not None:
                known = self._names.get(number, frozenset())
                self._names[number] = None if names is None or known is None else known | names
        for number in before.keys() - self._names.keys():
            self._system.inotify_rm_watch(self._file, number)

    def close(self) -> None:
        """Watch no more."""
        asyncio.get_running_loop().remove_reader(self._file)
        os.close(self._file)

    def _added(self, folder: str) -> int | None:
        """The number of the watch at a folder, which is the same for the same folder; None if there can be none."""
        try:
            return self._checked(self._system.inotify_add_watch(self._file, os.fsencode(folder), _WATCHED))
        except OSError as error:
            if error.errno in _NOT_THERE:
                return None
            raise

    @staticmethod
    def _checked(result: int) -> int:
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return result

    def _read(self) -> None:
        try:
            events = os.read(self._file, _AT_ONCE)
        except BlockingIOError:
            return
        happened = [*self._that_matter(_parsed(events))]
        if happened:
            self._happened(happened)

    def _that_matter(self, events: Iterable[Event]) -> Iterator[Happened]:
        moved = dict[int, tuple[int, str]]()
        for number, bits, cookie, name in events:
            if bits & _IGNORED:
                self._names.pop(number, None)
                self._is_outdated = True
                continue
            names = self._names.get(number, frozenset())
            if name and not matters(name, names):
                continue
            self._is_outdated |= bool(bits & _OF_FOLDERS or (bits & _ATTRIB and bits & _IS_FOLDER))
            if bits & _MOVED_FROM:
                moved[cookie] = number, name
            elif bits & _MOVED_TO and cookie in moved:
                yield moved[cookie], True  # it has another name, and nothing more will happen under this one
            yield (number, name), not bits & _BEGUN or bool(bits & _IS_FOLDER)


def _parsed(events: bytes) -> Iterator[Event]:
    at = 0
    while at < len(events):
        number, bits, cookie, length = _EVENT.unpack_from(events, at)
        at += _EVENT.size
        yield Event(number, bits, cookie, os.fsdecode(events[at : at + length].rstrip(b"\0")))
        at += length
