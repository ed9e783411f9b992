"""The colours of a report on a terminal; none in a pipe, or where NO_COLOR is set."""

from __future__ import annotations

import os
import sys

_CODES = {"error": "1;31", "strong": "1", "frame": "1;34"}


def paint(words: str, part: str) -> str:
    """Return some words of a report in the colour of their part: `error`, `strong` or `frame`."""
    has_colours = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    return f"\x1b[{_CODES[part]}m{words}\x1b[0m" if has_colours else words
