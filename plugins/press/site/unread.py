"""Folders of a site that cannot be read. Pelican passes over them, and what is in them would be gone from the site."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from logging import getLogger
from pathlib import Path
from re import Pattern
from typing import Any

from ..machine import remedy
from ..project import in_project
from .opened import unheard
from .tree import ignored

#: How such an error is told; a plugin may have told it, too.
CANNOT_BE_READ = "%s cannot be read: "
_log = getLogger(__name__)


def tell_of_unread(settings: dict[str, Any]) -> None:
    """Log an error for each folder that Pelican would look into, by its settings, and cannot be read."""
    with unheard():
        troubles = {Path(os.path.normpath(trouble.filename)): trouble for trouble in unread(settings)}
    for folder, trouble in troubles.items():
        if troubles.keys().isdisjoint(folder.parents):
            why = ". ".join(filter(None, (trouble.strerror, remedy(trouble))))
            _log.error(f"{CANNOT_BE_READ}%s, or exclude it in the settings", in_project(folder), why)


def unread(settings: dict[str, Any]) -> Iterator[OSError]:
    """What keeps those folders from being read, each with its path; but for one that is not there at all."""
    seen = set[tuple[int, int]]()
    names = ignored(tuple(settings["IGNORE_FILES"]))
    for kind in ("ARTICLE", "PAGE", "STATIC"):
        folders, excluded = ([*_in_content(settings, f"{kind}_{each}")] for each in ("PATHS", "EXCLUDES"))
        yield from _below(folders, frozenset(excluded), names, seen)
    static = [os.path.join(settings["THEME"], each) for each in settings["THEME_STATIC_PATHS"]]  # noqa: PTH118
    yield from _below(static, (), names, seen)


def _in_content(settings: dict[str, Any], setting: str) -> Iterator[str]:
    for name in settings[setting]:
        yield os.path.normpath(os.path.join(settings["PATH"], name))  # noqa: PTH118


def _below(
    folders: list[str], excluded: Collection[str], names: Pattern[str], seen: set[tuple[int, int]]
) -> Iterator[OSError]:
    """Look into some folders and into those below, but once: a link may lead back to one above."""
    waiting = folders[::-1]
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(os.path.join(folder, os.curdir))  # noqa: PTH116, PTH118  # one that may be entered
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                with os.scandir(folder) as entries:
                    found = [each.path for each in entries if each.is_dir() and not names.fullmatch(each.name)]
                waiting += [each for each in found if each not in excluded]
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as trouble:
            yield trouble
