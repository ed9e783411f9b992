"""Which files of a site would be written twice, and which cannot be written."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..site.planned import Planned

#: The longest name that the common file systems take, in bytes.
_LONGEST = 255


class Clash(NamedTuple):
    """Two things for one place. `later` is the one to report, and `is_lost` is whether one of the two would be missing.
    The names differ in capitals only if `differs` is "capitals"; if it is "folder", one is a folder that the other is
    in; else it is empty.
    """

    later: Planned
    earlier: Planned
    is_lost: bool = True
    differs: str = ""


def clashes(plan: Iterable[Planned]) -> Iterator[Clash]:
    """Yield what cannot be in one place together. Where several are at one address, each is named with the first."""
    first: dict[str, Planned] = {}
    folded: dict[str, Planned] = {}
    for each in plan:
        name = posixpath.normpath(each.name)
        earlier = first.setdefault(name, each)
        if earlier is not each:
            if not (each.kind and earlier.kind and each.wins):  # a list that the settings put in the place of another
                yield _clash(each, earlier)
            continue
        alike = folded.setdefault(name.casefold(), each)
        if alike is not each and not (each.kind and alike.kind):
            yield _clash(each, alike)._replace(is_lost=False, differs="capitals")
    yield from _folders(first)


def _clash(each: Planned, earlier: Planned) -> Clash:
    """Two things in the order in which they are reported: a list is never at fault, but the post that has its place."""
    later, earlier = (earlier, each) if each.kind and not earlier.kind else (each, earlier)
    return Clash(later, earlier, is_lost=not (later.wins and earlier.kind))


def _folders(first: dict[str, Planned]) -> Iterator[Clash]:
    """Files that would be in the place of a folder that others are in."""
    seen: set[str] = set()
    for name, each in first.items():
        folder = name.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            if folder in first:
                yield _clash(each, first[folder])._replace(differs="folder")
            folder = folder.rpartition("/")[0]


def has_no_slug(each: Planned) -> bool:
    """Whether a source has nothing that its address ends in."""
    return not each.kind and not each.wins and not each.content.slug


def too_long(plan: Iterable[Planned]) -> Iterator[Planned]:
    """Yield what has a name that no file system takes."""
    for each in plan:
        if len(each.name) * 4 > _LONGEST and any(len(part.encode()) > _LONGEST for part in each.name.split("/")):
            yield each
