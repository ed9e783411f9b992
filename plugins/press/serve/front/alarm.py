"""Tells when the site changes although no file has: a post was dated in the future, and is due.

Only open tabs depend on it: each request looks at the sources, and at the clock, anyway.
"""

import asyncio
import time
from collections.abc import Callable


class Alarm:
    """Rings once, at the time that it was last set to."""

    def __init__(self, ring: Callable[[], object]) -> None:
        """Take a function to call when it is time."""
        self._ring = ring
        self._timer: asyncio.TimerHandle | None = None

    def set(self, at: float | None) -> None:
        """Set it to a POSIX timestamp; None for never."""
        if self._timer is not None:
            self._timer.cancel()
        delay = None if at is None else max(0.0, at - time.time())
        self._timer = None if delay is None else asyncio.get_running_loop().call_later(delay, self._ring)
