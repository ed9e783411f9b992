"""Puts a new environment in the place of the old one, by one make at a time."""

import ctypes
import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .progress import say

# From linux/fcntl.h and linux/fs.h.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@contextmanager
def only_one_make(project: Path) -> Iterator[None]:
    """Hold the project's lock; if another make has it, first print a line on standard error and wait for it.

    The lock is the operating system's own and ends with the processes that hold it. A folder that cannot be written to
    has no lock: nothing can be made there either.
    """
    try:
        lock = os.open(project / ".venv.lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield
        return
    try:
        os.set_inheritable(lock, True)
        _lock(lock)
        yield
    finally:
        os.close(lock)


def _lock(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another make is setting up .venv; waiting for it to finish")
        fcntl.flock(lock, fcntl.LOCK_EX)
    except OSError as error:
        say(f"warning: .venv cannot be locked ({error.strerror}); run only one make at a time")


class Replacement:
    """The new environment beside the old one."""

    def __init__(self, old: Path) -> None:
        """`old` is where an environment is or will be; it may be a link to a folder elsewhere."""
        self.old = Path(os.path.realpath(old))
        self.new = self.old.with_name(f"{self.old.name}.new")
        self._aside = self.old.with_name(f"{self.old.name}.old")

    def clean_up(self) -> None:
        """Remove what an earlier make has left, if it was killed; an old environment that is aside comes back."""
        if os.path.lexists(self._aside) and not os.path.lexists(self.old):
            self._aside.rename(self.old)
        for leftover in (self.new, self._aside):
            _remove(leftover)

    def replace(self) -> None:
        """Exchange the two. Raises OSError if that is not possible."""
        if not _are_exchanged(self.new, self.old):
            with _signals_held_back():
                try:
                    if os.path.lexists(self.old):
                        self.old.rename(self._aside)
                except OSError:  # it is a mounted volume
                    self._fill()
                else:
                    self._rename()
        self.clean_up()

    def _rename(self) -> None:
        try:
            self.new.rename(self.old)
        except OSError:
            self._aside.rename(self.old)
            raise

    def _fill(self) -> None:
        """Move the new environment into the folder of the old one; what tells that it is complete comes last."""
        (self.old / "packages").unlink(missing_ok=True)
        for entry in self.old.iterdir():
            _remove(entry)
        for entry in sorted(self.new.iterdir(), key=lambda entry: entry.name == "packages"):
            shutil.move(entry, self.old / entry.name)


def _are_exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders so that neither name is ever missing, if both are there, and the system and the file system
    can do that: a program that starts meanwhile finds its packages.
    """
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _remove(path: Path) -> None:
    """Remove a folder, or a file or link where one should be, as far as possible."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Delay signals that would end the process until this is over."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
