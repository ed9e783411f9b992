"""What a machine keeps a program from, in words, and what its owner can do about it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from .project import in_project

_MAKE_ROOM = "Make room, and try again"
_LOOK_AFTER = "Look after the disk, which may be failing"
_CHANGE_MODE = "Change its mode or its owner"
_END_OTHERS = "End other programs, and try again"
#: What is wrong with the machine, and with no line of the author's; and what helps.
_REMEDIES = {
    errno.ENOSPC: _MAKE_ROOM,
    errno.EDQUOT: _MAKE_ROOM,
    errno.EFBIG: "Allow larger files (ulimit -f), and try again",
    errno.EIO: _LOOK_AFTER,
    errno.ESTALE: "Mount its file system again",
    errno.ENOTCONN: "Mount its file system again",
    errno.EMFILE: "Allow more (ulimit -n), and try again",
    errno.ENFILE: _END_OTHERS,
    errno.ENOMEM: _END_OTHERS,
    errno.EAGAIN: _END_OTHERS,
    errno.EACCES: _CHANGE_MODE,
    errno.EPERM: _CHANGE_MODE,
    errno.ENAMETOOLONG: "Shorten its name, or those of the folders above",
    errno.EROFS: "Make its file system writable",
}

#: From linux/fs.h: the request for what chattr(1) sets, and two of the bits of the answer.
_FS_IOC_GETFLAGS = 0x80086601
_MARKS = {0x10: ("immutable", "i"), 0x20: ("append-only", "a")}
#: In bytes: what the answer may take.
_LONG = 8


def is_of_the_machine(error: BaseException | None) -> bool:
    """Whether an error is none of a line of the author's."""
    return isinstance(error, OSError) and error.errno in _REMEDIES


def words(error: OSError) -> str:
    """What happened to which file."""
    file = in_project(Path(error.filename)) if isinstance(error.filename, str) else error.filename
    return f"{error.strerror}: {file}" if file else str(error.strerror)


def remedy(error: OSError) -> str:
    """What to do about it; empty if nobody knows."""
    if error.errno == errno.EPERM:
        for path in _concerned(error):
            if mark := mark_of(path):
                return f"{_shown(path)} is marked {mark}"
    return _REMEDIES.get(error.errno or 0, "")


def trouble(error: OSError) -> str:
    """What happened, and what to do about it."""
    return ". ".join(filter(None, (words(error), remedy(error))))


def mark_of(path: Path) -> str:
    """The mark of a file or folder by which its file system keeps everybody from changing it, root too, and how to take
    it off (chattr(1)); empty if it has none.
    """
    if sys.platform != "linux":
        return ""
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return ""
    try:
        answer = fcntl.ioctl(descriptor, _FS_IOC_GETFLAGS, bytes(_LONG))
    except OSError:  # not every file system has marks
        return ""
    finally:
        os.close(descriptor)
    flags = int.from_bytes(answer[: _LONG // 2], sys.byteorder)
    found = [(name, letter) for bit, (name, letter) in _MARKS.items() if flags & bit]
    return f"{found[0][0]}. Take the mark off: chattr -{found[0][1]} {_shown(path)}" if found else ""


def _shown(path: Path) -> Path:
    """A file or folder as its owner knows it."""
    short = in_project(path)
    return short if short.name else path.absolute()


def _concerned(error: OSError) -> Iterator[Path]:
    """The files of an error, and the folders that they are in."""
    for name in (error.filename, error.filename2):
        if isinstance(name, str):
            yield from (Path(name), Path(name).absolute().parent)
