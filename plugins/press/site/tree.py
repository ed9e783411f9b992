"""All files of a site's folders with their stamps: what changed between two looks."""

from __future__ import annotations

import fnmatch
import functools
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .stamps import Stamp, stamp

#: The stamps of files, by their paths.
Tree = dict[str, Stamp]


def places(settings: dict[str, Any]) -> list[Path]:
    """The folders of a site in which a change may matter, by Pelican's settings."""
    overrides = [Path(each) for each in settings["THEME_TEMPLATES_OVERRIDES"]]
    static = [Path(settings["THEME"], each) for each in settings["THEME_STATIC_PATHS"]]
    folders = [Path(settings["PATH"], each) for each in (*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"])]
    return [*dict.fromkeys([Path(settings["PATH"]), Path(settings["THEME"]), *overrides, *static, *folders])]


@functools.cache
def ignored(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What fits the name of a file that Pelican does not look at, by its setting IGNORE_FILES."""
    return re.compile("|".join(map(fnmatch.translate, patterns)) or r"(?!)")


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
    """Add what is below a folder; of a link that leads back to a folder above, only itself."""
    try:
        status = os.stat(folder)  # noqa: PTH116
        if (status.st_dev, status.st_ino) in above:
            found[folder] = stamp(os.lstat(folder))
            return
        entries = [*os.scandir(folder)]
    except OSError:
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
