"""The line that says how far a long run is: on a terminal, after the first second, and gone at the end."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

from .terminal import has_cursor

#: How long a run may take without a word, and how often the line changes, in seconds.
_PATIENCE, _INTERVAL = 1.0, 0.1
#: Erases the line that the cursor is in.
_CLEARED = "\r\x1b[K"


class Progress:
    """How far the work on `total` files is; `what` is one word for it, such as `checking`.

    As a context it ends with the line gone. What is printed meanwhile has to `wipe` it first.
    """

    def __init__(self, total: int, what: str) -> None:
        self.total, self.what, self.done = total, what, 0
        self.is_wanted = has_cursor(sys.stderr)
        self.is_shown = False
        self.next_at = monotonic() + _PATIENCE

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.wipe()

    def step(self) -> None:
        """Note that one more file is done."""
        self.done += 1
        if self.is_wanted and (now := monotonic()) >= self.next_at:
            self.next_at = now + _INTERVAL
            self.is_shown = True
            line = f"{_CLEARED}{self.what} {self.done:,} of {self.total:,} files"
            print(line, end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        """Remove the line, before something else is written."""
        if self.is_shown:
            print(_CLEARED, end="", file=sys.stderr, flush=True)
            self.is_shown = False
