"""The folder in CACHE_PATH for what is kept from one build to the next: one for each fingerprint.

Whatever the fingerprint stands for need not be compared with what is in the folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ..tree_removal import remove_tree
from .spare import TREE

#: How many are kept: a site is built with several settings, perhaps one for each language, and
#: tried with others.
FOLDERS = 12
#: How many of them keep the pages of the site, which are as large as that: those of `make html` and of `make publish`.
FOLDERS_WITH_PAGES = 2
PAGES = "pages.db"


class CacheFolder:
    """`folder` is the one for a fingerprint; it need not exist, and perhaps cannot be written."""

    def __init__(self, place: Path, fingerprint: str) -> None:
        self.place = place
        self.folder = place / fingerprint

    def make_room(self) -> None:
        """Create the folder, and remove those that were not used for the longest time."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            os.utime(self.folder)
            used = {path: path.stat().st_mtime_ns for path in self.place.iterdir() if path.is_dir()}
            folders = sorted(used, key=lambda path: (path == self.folder, used[path]), reverse=True)
            for folder in folders[FOLDERS_WITH_PAGES:]:
                (folder / PAGES).unlink(missing_ok=True)
                remove_tree(folder / TREE)
                os.utime(folder, ns=(used[folder], used[folder]))  # it was not used
            for folder in folders[FOLDERS:]:
                remove_tree(folder)
