"""All files of a site's folders with their stamps: what changed between two looks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from .stamps import Stamp, stamp

#: The stamps of files, by their paths.
Tree = dict[str, Stamp]


def tree(places: Iterable[str]) -> Tree:
    """The files below some folders, and files that are named themselves. What cannot be read is left out."""
    found: Tree = {}
    for place in places:
        try:
            status = os.stat(place)  # noqa: PTH116
        except OSError:
            continue
        if os.path.isdir(place):  # noqa: PTH112
            _walk(place, found, set())
        else:
            found[place] = stamp(status)
    return found


def _walk(folder: str, found: Tree, above: set[tuple[int, int]]) -> None:
    """Add what is below a folder; a link that leads back to a folder above is not followed."""
    try:
        status = os.stat(folder)  # noqa: PTH116
        entries = [*os.scandir(folder)]
    except OSError:
        return
    if (status.st_dev, status.st_ino) in above:
        return
    above = above | {(status.st_dev, status.st_ino)}
    for entry in entries:
        try:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    _walk(entry.path, found, above)
            else:
                found[entry.path] = stamp(entry.stat())
        except OSError:
            found[entry.path] = Stamp(0, 0, 0, 0)  # a link that leads nowhere


def changed(before: Tree, after: Tree) -> Iterator[str]:
    """The paths of what was added, removed, or has another stamp."""
    for path, there in after.items():
        if before.get(path) != there:
            yield path
    yield from (path for path in before if path not in after)
