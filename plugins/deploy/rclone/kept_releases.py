"""Copies of the last releases, in the project that they were deployed from."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..outgoing import FOLDER
from .state import KEPT


class KeptReleases:
    """The copies for one remote."""

    def __init__(self, place: str) -> None:
        """`place` names the remote."""
        self.folder = FOLDER / hashlib.sha256(place.encode()).hexdigest()[:16]

    def names(self) -> list[str]:
        """The releases that there are, the oldest first."""
        try:
            return sorted(
                path.name for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith(".")
            )
        except FileNotFoundError:
            return []

    def path(self, release: str) -> Path:
        """The folder of a release."""
        return self.folder / release

    def add(self, site: Path, release: str, before: str, unchanged: Iterable[str]) -> None:
        """Keep a site; what is the same in the release before is on the disk once. Only the last ones are kept."""
        if (self.folder / before).is_dir():
            for path in unchanged:
                same, own = self.folder / before / path, site / path
                if same.is_file():
                    own.unlink()
                    os.link(same, own)
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / ".half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(site, half, copy_function=os.link)
        half.rename(self.folder / release)
        for old in self.names()[:-KEPT]:
            if old != release:
                shutil.rmtree(self.folder / old, ignore_errors=True)
