"""Tells how far a deployment is: on a terminal one line that changes, elsewhere nothing but the end."""

import sys
import time

from press.progress import show_instead

#: How often the line changes, in seconds.
_INTERVAL = 0.1


class Progress:
    """The line that says what is being done."""

    def __init__(self) -> None:
        """Begin without a word."""
        self._is_terminal = sys.stderr.isatty()
        self._step = ""
        self._last = 0.0

    def step(self, step: str) -> None:
        """Tell of the next step."""
        self._step = step
        self._show(f"{step} ...")

    def count(self, done: int, total: int, name: str) -> None:
        """Tell how much of this step is done, and what comes now."""
        now = time.monotonic()
        if now - self._last > _INTERVAL:
            self._last = now
            self._show(f"{self._step}: {done:,} of {total:,}, {name}")

    def clear(self) -> None:
        """Leave the line free for something else."""
        self._show("")

    def _show(self, line: str) -> None:
        if self._is_terminal:
            show_instead(line)
