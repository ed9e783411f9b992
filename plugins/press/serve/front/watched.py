"""What to watch in order to see changes of a site's sources, and files that come and go beside them."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

#: Folders of a project that are full of files that are not sources.
_NO_SOURCES = frozenset({"output", "node_modules"})
#: Folders without any sources; so is one with a name that begins with a dot.
_NOBODYS = frozenset({"node_modules", "__pycache__"})
#: Beginnings and endings of the names of files that editors keep for themselves.
_OF_EDITORS, _LEFT_BY_EDITORS = (".#",), ("~", ".swp", ".swo", ".swx")


@dataclass(frozen=True)
class Plan:
    """What is at some `paths`: `deep` are folders in which all matters that is in them or below, and in those of `flat`
    only some names do: a folder that holds a source knows when it comes and goes.
    """

    paths: tuple[str, ...]
    deep: tuple[str, ...]
    flat: Mapping[str, frozenset[str]]

    def folders(self) -> Iterator[tuple[str, frozenset[str] | None]]:
        """Yield the folders to watch that are there, each with the names that matter in it; None stands for all."""
        seen = set[tuple[int, int]]()
        for top in self.deep:
            yield from ((folder, None) for folder in _folders_below(top, seen))
        yield from self.flat.items()


def plan_for(paths: Iterable[str]) -> Plan:
    """Return the plan for some folders and files; those that are not there are waited for."""
    deep: set[str] = set()
    flat = defaultdict[str, set[str]](set)
    above = dict[str, tuple[str, str]]()  # hundreds of files are in a few folders
    paths = tuple(map(os.path.abspath, paths))
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112
            deep.add(path)
        folder, name = os.path.split(path)
        if folder not in above:
            above[folder] = _nearest(folder)
        parent, missing = above[folder]
        flat[parent].add(missing or name)
    return Plan(paths, tuple(sorted(deep)), {folder: frozenset(names) for folder, names in sorted(flat.items())})


def _nearest(folder: str) -> tuple[str, str]:
    """The folder itself, or of those above it the nearest one that is there, with the name that is missing in it."""
    missing = ""
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):  # noqa: PTH112, PTH120
        folder, missing = os.path.split(folder)
    return folder, missing


def sources_in(project: Path) -> list[str]:
    """Return the parts of a project that may be sources; for when nobody can tell which are."""
    return [
        str(path)
        for path in project.iterdir()
        if not path.name.startswith(".") and path.name not in _NO_SOURCES and not (path / "pyvenv.cfg").exists()
    ]


def matters(name: str, names: frozenset[str] | None) -> bool:
    """Whether a file in a folder matters, of which only some names do; where all do, what editors leave does not."""
    if names is not None:
        return name in names
    return not (name.startswith(_OF_EDITORS) or name.endswith(_LEFT_BY_EDITORS))


def _folders_below(top: str, seen: set[tuple[int, int]]) -> Iterator[str]:
    """A folder and those below it, also where a link leads to one, but for those that are nobody's and those that were
    `seen`, by device and number.
    """
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)  # noqa: PTH116
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            yield folder
            with os.scandir(folder) as entries:
                inner = [each for each in entries if not each.name.startswith(".") and each.name not in _NOBODYS]
                waiting += [each.path for each in inner if each.is_dir()]
        except OSError:
            continue  # it went meanwhile, or may not be read
