"""A file whose bytes did not change keeps its time from one site to the next.

Then `rsync --archive` sends only what changed, and a browser that asks for what is newer is told that nothing is. Both
take a file of the same size and time for the same file, and count in whole seconds: so one that did change gets a later
second than it had, even if both sites were built within one, or it was copied from a source with an old time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Container, Iterable, Mapping

_SECOND = 1_000_000_000
#: How much of two files is compared at once.
_PIECE = 1 << 20


def keep_times(old: str, new: str, not_in: Iterable[str] = (), known: Container[str] = ()) -> bool:
    """Give files in the folder `new` the times of their equals in `old`, except for the entries `not_in`. Return
    whether nothing differs: then the folder itself has been given its time as well. Files in `old` that are `known` to
    be the same, by their paths, need not be read, and folders not be looked into.
    """
    before, after = _entries(old), _entries(new)
    is_same = before.keys() == after.keys()
    for name in after.keys() - {*not_in}:
        is_same &= name in before and _keep(before[name], after[name], known)
    if is_same:
        _keep_time(os.lstat(old), os.lstat(new), new)
    return is_same


def _entries(folder: str) -> Mapping[str, os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return {entry.name: entry for entry in entries}


def _keep(old: os.DirEntry[str], new: os.DirEntry[str], known: Container[str]) -> bool:
    """Do so with one entry, and return whether it is the same in both. An unreadable one counts as different."""
    try:
        if old.path in known and old.is_dir(follow_symlinks=False):
            return True
        if old.is_symlink() or new.is_symlink():
            return old.is_symlink() and new.is_symlink() and os.readlink(old.path) == os.readlink(new.path)  # noqa: PTH115
        if old.is_dir() or new.is_dir():
            return old.is_dir() and new.is_dir() and keep_times(old.path, new.path, (), known)
        return _keep_of_file(old, new, old.path in known)
    except OSError:
        return False


def _keep_of_file(old: os.DirEntry[str], new: os.DirEntry[str], is_known: bool) -> bool:
    before, after = old.stat(), new.stat()
    is_same = is_known or (before.st_size == after.st_size and _have_same_bytes(old.path, new.path))
    if after.st_nlink > 1:  # it is the source itself (STATIC_CREATE_LINKS), whose time is its author's
        return is_same
    if is_same:
        _keep_time(before, after, new.path)
    elif after.st_mtime_ns // _SECOND <= before.st_mtime_ns // _SECOND:
        _set_time(new.path, max(time.time_ns(), (before.st_mtime_ns // _SECOND + 1) * _SECOND))
    return is_same


def _have_same_bytes(one: str, other: str) -> bool:
    with open(one, "rb", buffering=0) as first, open(other, "rb", buffering=0) as second:  # noqa: PTH123
        while piece := first.read(_PIECE):
            if piece != second.read(_PIECE):
                return False
    return True


def _keep_time(before: os.stat_result, after: os.stat_result, path: str) -> None:
    if after.st_mtime_ns != before.st_mtime_ns:
        _set_time(path, before.st_mtime_ns)


def _set_time(path: str, nanoseconds: int) -> None:
    os.utime(path, ns=(nanoseconds, nanoseconds))
