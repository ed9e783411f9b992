"""A folder for all temporary files of a worker, which does not outlive it for long.

A worker that is killed cannot remove its folder, so the next one does. The operating system's lock on a file in it says
whether its worker is alive.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..tree_removal import remove_tree

_PREFIX = "press-preview-"
_LOCK = "lock"

if sys.platform == "win32":

    def _is_dead(folder: Path) -> bool:
        try:
            (folder / _LOCK).unlink()  # a file that is open cannot be removed
        except OSError:
            return False
        return True

    def _lock(lock: int) -> None:
        pass

else:
    import fcntl

    def _is_dead(folder: Path) -> bool:
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(lock)
        return True

    def _lock(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Let Python put temporary files into a folder that is removed in the end, with those of killed workers before."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_dead(folder):
            remove_tree(folder)
    before, folder = tempfile.tempdir, Path(tempfile.mkdtemp(prefix=_PREFIX))
    # Nobody sees the lock before it is held.
    lock = os.open(folder / f"{_LOCK}.new", os.O_RDWR | os.O_CREAT)
    _lock(lock)
    (folder / f"{_LOCK}.new").rename(folder / _LOCK)
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        os.close(lock)
        remove_tree(folder)
