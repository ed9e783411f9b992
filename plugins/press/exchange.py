"""Exchanges two folders."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# From linux/fcntl.h and linux/fs.h.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def in_one_step(one: Path, other: Path) -> bool:
    """Exchange two folders so that neither name is ever missing. Return False, with nothing done, if the system or the
    file system cannot do that.
    """
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    answer: int = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return answer == 0


def in_two_steps(fresh: Path, place: Path, aside: Path) -> None:
    """Move the folder `place` to `aside`, and `fresh` to `place`; if the second move fails, undo the first.

    Raises OSError if they cannot be moved, with nothing changed.
    """
    with _signals_held_back():
        place.rename(aside)
        try:
            fresh.rename(place)
        except BaseException:
            aside.rename(place)
            raise


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Delay signals that would end the process until this is over."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
