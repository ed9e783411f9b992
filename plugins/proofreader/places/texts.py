"""Names of files in a report."""

from __future__ import annotations

import os


def shown(path: str) -> str:
    """Return a path as the author knows it: relative to the folder they are in, if it is below."""
    here = os.getcwd() + os.sep  # noqa: PTH109
    return path.removeprefix(here)
