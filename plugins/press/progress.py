"""The line that says how far a long build is: on a terminal, after the first second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Result = TypeVar("Result")

#: How long a build may take without a word, and how often the line changes, in seconds.
_PATIENCE, _INTERVAL = 1.0, 0.1
_CLEARED = "\r\x1b[K"
#: The width of a terminal that does not know its own.
_USUAL_COLUMNS = 80

_begun: float | None = None
_last = 0.0
_is_shown = False


def begin() -> None:
    """Begin a build that shows its progress; without this call none is shown."""
    global _begun
    _begun = time.monotonic()


def shown(doing: str, results: Iterable[tuple[int, Result]], total: int) -> Iterator[Result]:
    """Pass on results, each with how many of the `total` it accounts for, and show the progress."""
    done = 0
    for count, result in results:
        done += count
        show(f"{doing} {done:,} of {total:,}")
        yield result
    clear()


def clear() -> None:
    """Remove the line, before something else is written."""
    global _is_shown
    if _is_shown:
        show_instead("")
        _is_shown = False


def show(line: str) -> None:
    """Show how far something is, if the last time was not just now."""
    global _is_shown, _last
    now = time.monotonic()
    if _begun and now - _begun > _PATIENCE and now - _last > _INTERVAL and sys.stderr.isatty():
        show_instead(line)
        _is_shown, _last = True, now


def show_instead(line: str) -> None:
    """Replace the line shown before by another, cut to the width of the terminal, which standard error must be."""
    columns = os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    sys.stderr.write(f"{_CLEARED}{line[: columns - 1]}")
    sys.stderr.flush()
