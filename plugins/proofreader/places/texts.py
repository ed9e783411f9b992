"""The text of a file in which a fault is shown."""

from __future__ import annotations

import os
from pathlib import Path


def text_of(path: str) -> str:
    """Return the text of a file with plain line ends; empty if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def shown(path: str) -> str:
    """Return a path as the author knows it: relative to the folder they are in, if it is below."""
    here = os.getcwd() + os.sep  # noqa: PTH109
    return path.removeprefix(here)
