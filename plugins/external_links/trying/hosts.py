"""Manners: one request at a time for each host, a pause between two, and a wait where a host asks for one."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

Result = TypeVar("Result")

#: How long a host is waited for that asks for it, in seconds. If it asks for more, it is left alone in this run.
PATIENCE = 60.0
#: How many hosts are asked at the same time.
_AT_ONCE = 16


class _Host:
    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.free_at = 0.0
        self.wants_to_be_left_alone = False


class Hosts:
    """The hosts of one run, by their names: a host has one name for all its ports."""

    def __init__(self, pause: float) -> None:
        """`pause` is what is between the end of a request and the next one to the same host, in seconds."""
        self._pause = pause
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def in_turn(self, name: str, ask: Callable[[], Awaitable[Result]]) -> Result | None:
        """Return what `ask` does, once it is the turn of this request; None if the host wants to be left alone."""
        host = self._hosts[name]
        async with host.turn:
            if host.wants_to_be_left_alone:
                return None
            await asyncio.sleep(max(host.free_at - time.monotonic(), 0))
            try:
                async with self._places:
                    return await ask()
            finally:
                host.free_at = max(host.free_at, time.monotonic() + self._pause)

    def ask_to_wait(self, name: str, seconds: float) -> bool:
        """Have the next request to a host wait; return whether it is worth it."""
        host = self._hosts[name]
        if seconds > PATIENCE:
            host.wants_to_be_left_alone = True
            return False
        host.free_at = max(host.free_at, time.monotonic() + seconds)
        return True


def seconds_of(retry_after: str) -> float | None:
    """Return how long the value of a Retry-After asks to wait, in seconds or until a date; None if it says neither."""
    retry_after = retry_after.strip()
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
