"""One build at a time for each output folder.

The lock is the operating system's own, so it ends with the process that holds it, however that ends. The locked file is
never removed: that would let a third build run beside a second one.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .build_error import BuildError
from .file_lock import is_taken
from .machine import remedy

#: How long to wait before asking again, in seconds.
_PAUSE = 0.1


@contextmanager
def only_build_of(folder: Path, shown: Path) -> Iterator[bool]:
    """Hold the lock of an output folder; if another build has it, first print a line on standard error and wait for it.
    Yields whether there is a lock at all: some network file systems have none.

    Takes the folder's real path, so that all names of one folder share a lock, and the name that the user knows it by.
    Raises BuildError if there is no place for the lock.
    """
    file, lock = _open(folder, shown)
    is_told, has_lock = False, True
    try:
        while True:
            try:
                is_held = is_taken(lock)
            except OSError as error:
                _warn(shown, error)
                is_held = has_lock = False
            if not is_held and has_lock:
                if not is_told:
                    print(
                        f"another build is writing to {shown}/; waiting for it to finish", file=sys.stderr, flush=True
                    )
                is_told = True
                time.sleep(_PAUSE)
            elif _is_same(file, lock):
                break
            else:
                os.close(lock)
                file, lock = _open(folder, shown)
        yield has_lock
    finally:
        os.close(lock)


def _open(folder: Path, shown: Path) -> tuple[Path, int]:
    """Open what is to be locked: a file beside the folder, or the folder itself if no file can be created."""
    beside = folder.with_name(f".{folder.name}.lock")
    troubles: list[OSError] = []
    for file, flags in ((beside, os.O_RDWR | os.O_CREAT), (beside, os.O_RDONLY), (folder, os.O_RDONLY)):
        try:
            return file, os.open(file, flags, 0o666)
        except OSError as error:
            troubles.append(error)
    raise BuildError(
        f"{shown}/ cannot be created: {folder.parent} cannot be written to: {troubles[0].strerror}. "
        f"{remedy(troubles[0])}"
    )


def _warn(shown: Path, error: OSError) -> None:
    print(f"warning: {shown}/ cannot be locked ({error.strerror}); run only one build at a time", file=sys.stderr)


def _is_same(file: Path, lock: int) -> bool:
    """Whether the file by this name is still the one that was opened: `make clean` removes it."""
    try:
        return os.path.samestat(file.stat(), os.fstat(lock))
    except OSError:
        return False
