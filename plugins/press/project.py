"""Paths as the author knows them."""

from __future__ import annotations

from pathlib import Path


def in_project(path: Path) -> Path:
    """Return a path as the user knows it: relative to the folder they are in, if it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
