"""When is a file still the one that was read?"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from stat import S_ISREG
from typing import NamedTuple

#: The coarsest clock of the file systems that people edit on, in nanoseconds (FAT's, two seconds). A file that was
#: changed later than this before it was read may change once more without getting another time.
_CLOCK = 2_000_000_000
_SECOND = 1_000_000_000
#: As it was before asking.py put another in its place: nothing that is stamped is a plugin's question.
_stat = os.stat
#: The length of a digest, in bytes.
DIGEST_SIZE = 16


class Stamp(NamedTuple):
    """What a file system says about a file, in nanoseconds and bytes. Even a file that is put back in an editor's own
    way, with its old times and size, has another `changed` or `inode`.
    """

    modified: int
    changed: int
    size: int
    inode: int


def stamp(status: os.stat_result) -> Stamp:
    """The stamp in what `os.stat` returns."""
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a file; None if there is none."""
    try:
        return stamp(_stat(path))
    except (OSError, ValueError):
        return None


def digest_of_bytes(content: bytes) -> bytes:
    """The digest of a file with this content."""
    return hashlib.blake2b(content, digest_size=DIGEST_SIZE).digest()


def digest_of(path: str) -> bytes | None:
    """The digest of a file's content; None if it cannot be read, or is a pipe, which would be waited for."""
    try:
        if not S_ISREG(_stat(path).st_mode):
            return None
        with open(path, "rb") as file:  # noqa: PTH123
            return digest_of_bytes(file.read())
    except (OSError, ValueError):
        return None


@dataclass(slots=True)
class Seen:
    """A file as it was when it was read. `is_settled` says whether an equal stamp is proof enough that it still is."""

    path: str
    stamp: Stamp | None
    digest: bytes | None
    is_settled: bool

    @classmethod
    def now(cls, path: str) -> Seen:
        """The file as it is. To be called before it is read: a change meanwhile must show."""
        found = stamp_of(path)
        return cls(path, found, digest_of(path), is_settled(found))

    def is_same(self) -> bool:
        """Whether the file still has the content that was read; a missing one is still missing."""
        found = stamp_of(self.path)
        if found == self.stamp and self.is_settled:
            return True
        if digest_of(self.path) != self.digest:
            return False
        self.stamp, self.is_settled = found, is_settled(found)
        return True


def is_settled(found: Stamp | None) -> bool:
    """Whether a stamp that was taken right now will be another one after the next change of the file."""
    return found is None or max(found.modified, found.changed) + _CLOCK < time.time_ns()


def is_settled_by(found: Stamp | None, later: os.stat_result) -> bool:
    """Whether a stamp will be another one after the next change of its file, by what the same file system says of
    something that happened after the stamp was taken: that has a later time already, as every change from then on will.
    Whoever counts in whole seconds is not taken at his word.
    """
    clock = later.st_ctime_ns
    return found is not None and clock % _SECOND != 0 and max(found.modified, found.changed) < clock
