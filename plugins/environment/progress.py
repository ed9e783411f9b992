"""Tells how far the making of an environment is."""

import sys
import time
from contextlib import suppress


def say(line: str, end: str = "\n") -> None:
    """Print on standard error, if someone reads that."""
    with suppress(OSError):
        print(line, end=end, file=sys.stderr, flush=True)


class Progress:
    """On a terminal, one line that changes; elsewhere, such as in a log, a line for each step."""

    def __init__(self, what: str) -> None:
        """Begin with a sentence about what is done."""
        self._is_terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._step = ""
        say(f"{what} ...")

    def step(self, step: str) -> None:
        """Tell of the next step."""
        self._step = step
        self._show(f"  {step} ...", is_kept=not self._is_terminal)

    def count(self, done: int, total: int, name: str) -> None:
        """Tell how much of this step is done, and what comes now."""
        if self._is_terminal:
            self._show(f"  {self._step}: {done} of {total}, {name}")

    def end(self, result: str) -> None:
        """Tell how it ended, in a line that stays."""
        self._show(f"  {result}, after {time.monotonic() - self._began:.0f} s", is_kept=True)

    def clear(self) -> None:
        """Leave the line free for something else."""
        self._show("")

    def _show(self, line: str, is_kept: bool = False) -> None:
        start = "\r\033[K" if self._is_terminal else ""
        if line or start:
            say(f"{start}{line}", end="\n" if is_kept else "")
