"""Which files of the output belong to the site as it is: the `pelican` command leaves those of earlier runs there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from proofreader.site.planned import further_pages, planned

from .site import Site, files_in


class State(NamedTuple):
    """What becomes another whenever a file is written, even to the same bytes: when it was, and which file it is."""

    changed: int
    modified: int
    number: int


def states(output: Path, files: Iterable[str]) -> dict[str, State]:
    """The state of each file, given by its name below the output."""
    found = ((name, (output / name).lstat()) for name in files)
    return {name: State(each.st_ctime_ns, each.st_mtime_ns, each.st_ino) for name, each in found}


def states_before(output: Path) -> dict[str, State]:
    """The states of all files that earlier runs have left in an output, which need not exist."""
    return states(output, files_in(output))


def written_by_others(site: Site, generators: list[Any], before: Mapping[str, State]) -> set[str]:
    """The names of the files that Pelican or another plugin wrote in this run, which began with files in the states
    `before`. What Pelican only copies may be there from an earlier run, unchanged.
    """
    known = {each.name for each in planned(generators)} | {*further_pages(generators)}
    after = states(site.output, site.files)
    return {name for name, state in after.items() if name in known or before.get(name) != state}
