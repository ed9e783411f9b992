"""Which files are opened while a source is read, or pages are written, and otherwise.

Python reports every file that it opens, and every program that it starts, to audit hooks (PEP 578). What a plugin or a
Markdown extension reads besides the source is found out this way, without its help.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

_PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"})
_CONNECTS = "socket.connect"
#: Events besides opening a file that leave something behind.
_TRACES = _PROGRAMS | {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.copyfile", "shutil.move",
    "os.fork", _CONNECTS,
}  # fmt: skip
#: Events that begin with a path, by which something may find out what is in a folder, or depends on a file in it.
_LOOKS = frozenset({
    "os.listdir", "os.scandir", "os.rename", "os.remove", "os.link", "os.truncate", "shutil.copyfile", "shutil.move",
})  # fmt: skip
_WATCHED = _TRACES | _LOOKS | {"open"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Where Python keeps compiled modules: importing one for the first time does not count as a trace.
_COMPILED = "__pycache__"


class Opened:
    """What happened in a block. `read` and `written` are the files that were opened for that, and `looked_at` what was
    looked at or changed otherwise; `leaves_traces` says whether anything was written, or another program or machine was
    asked, `starts_programs` whether it was a program, and `connects` whether a machine.
    """

    def __init__(self, read: Iterable[str] = ()) -> None:
        self.read: set[str] = {*read}
        self.written: set[str] = set()
        self.looked_at: set[str] = set()
        self.leaves_traces = False
        self.starts_programs = False
        self.connects = False

    def note(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take notice of an event in _WATCHED."""
        if event == "open":
            self._note_opened(*arguments)
            return
        if event in _LOOKS and (name := absolute(arguments[0])):
            self.looked_at.add(name)
        if event in _TRACES and not any(isinstance(each, str) and _COMPILED in each for each in arguments):
            self.leaves_traces = True
            self.starts_programs |= event in _PROGRAMS
            self.connects |= event == _CONNECTS

    def _note_opened(self, path: object, _: object, flags: object) -> None:
        if _COMPILED in str(path) or not (name := absolute(path)):
            return
        if isinstance(flags, int) and flags & WRITING:
            self.leaves_traces = True
            self.written.add(name)
            if not flags & os.O_TRUNC:
                self.looked_at.add(name)
        else:
            self.read.add(name)


def absolute(path: object) -> str:
    """A path from the root; empty for a descriptor, which was opened by its path before."""
    if path is None:
        return os.getcwd()  # noqa: PTH109
    return os.path.abspath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""  # noqa: PTH100


#: A function that is called with an event and its arguments while that happens, so it can see the caller.
Witness = Callable[[str, tuple[object, ...]], None]

#: What goes wrong when a file that is open is read or written: Python does not say which.
_OF_AN_OPEN_FILE = frozenset({
    errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ESTALE, errno.ENOTCONN,
})  # fmt: skip

_last: object = None
_listening: Opened | None = None
_heard: Opened | None = None
_witness: Witness | None = None
_is_hooked = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    global _last
    if event == "open" and _COMPILED not in str(arguments[0]):
        _last = arguments[0]
    # Python reports much besides, such as each call of `id`.
    if event in _WATCHED:
        for each in (_listening, _heard):
            if each is not None:
                each.note(event, arguments)
        if _witness is not None:
            _witness(event, arguments)


def _add_hook() -> None:
    global _is_hooked
    if not _is_hooked:  # a hook stays for as long as the process runs
        sys.addaudithook(_hook)
        _is_hooked = True


def listen() -> None:
    """Take notice of all that happens from now on."""
    global _heard
    _add_hook()
    _heard = _heard or Opened()


def be_witnessed(witness: Witness) -> None:
    """Report all that happens from now on to this witness, in place of the one before."""
    global _witness
    _add_hook()
    _witness = witness


def depend_on(file: str) -> None:
    """Count a file as read in the current block: what happens in it depends on whether the file exists."""
    if _listening is not None:
        _listening.read.add(file)


def heard() -> Opened:
    """What happened since `listen`, or since this was asked for the last time."""
    global _heard
    happened, _heard = _heard or Opened(), Opened()
    return happened


def with_file(error: OSError) -> OSError:
    """Have an error that names no file name the one that was opened last, if it is of a file."""
    if error.filename is None and error.errno in _OF_AN_OPEN_FILE and isinstance(_last, str | bytes | os.PathLike):
        error.filename = os.fsdecode(_last)
    return error


@contextmanager
def naming_files() -> Iterator[None]:
    """Have what a block raises name its file."""
    _add_hook()
    try:
        yield
    except OSError as error:
        with_file(error)
        raise


@contextmanager
def unheard() -> Iterator[None]:
    """Ignore what happens in a block."""
    global _listening, _heard, _witness
    before, _listening, _heard, _witness = (_listening, _heard, _witness), None, None, None
    try:
        yield
    finally:
        _listening, _heard, _witness = before


@contextmanager
def opened() -> Iterator[Opened]:
    """Record what happens in a block."""
    global _listening
    _add_hook()
    before, _listening = _listening, Opened()
    try:
        yield _listening
    finally:
        _listening = before
