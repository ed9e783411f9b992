"""Pages in a tree of files, by their names: how each was when it was put there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from .stamps import Stamp, digest_of


class Placed(NamedTuple):
    """A page in a tree: the digest of its content, and its stamp, which is proof enough if it is settled."""

    digest: bytes
    stamp: Stamp | None
    is_settled: bool

    def is_same(self, now: Stamp, path: str) -> bool:
        """Whether a file with this stamp is that page."""
        return now == self.stamp and (self.is_settled or digest_of(path) == self.digest)


#: Pages by their names below the root of a site.
Pages = dict[str, Placed]


def below(root: Path) -> Callable[[str], str]:
    """What gives the path of a name below a folder."""
    start = f"{root}{os.sep}"
    return lambda name: start + name.replace("/", os.sep)


def parent(name: str) -> str:
    """The folder that a file or folder is in, by its name; "" for the root."""
    return name.rpartition("/")[0]


def folders_of(names: Iterable[str]) -> set[str]:
    """All folders that files are in, with those above, but for the root."""
    folders: set[str] = set()
    for folder in {*map(parent, names)}:
        above = folder
        while above and above not in folders:
            folders.add(above)
            above = parent(above)
    return folders
