"""Paths as the author knows them."""

from __future__ import annotations

import os
from pathlib import Path


def in_project(path: Path) -> Path:
    """Return a path as the user knows it: relative to the folder they are in, if it is below, and without `..`."""
    path = Path(os.path.normpath(path))
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
