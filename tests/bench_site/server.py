"""A server that a contestant runs, and a reader who asks it for a page until what was saved is in it."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .contestants.contestant import Contestant, environment
from .process_tree import Failed, MemoryWatch, Program, TookTooLong, processor_seconds, started

#: Seconds between two requests for the page.
BETWEEN_REQUESTS = 0.005
#: A server that takes less than this part of a processor, for this many seconds, has come to rest.
RESTING, REST = 0.1, 0.3


class Server:
    """A server that is running. Nothing that is waited for may take longer than `limit` seconds."""

    def __init__(self, program: Program, port: int, limit: float, memory: MemoryWatch) -> None:
        self._program = program
        self._port = port
        self._limit = limit
        self._memory = memory

    @property
    def mebibytes(self) -> float:
        """The most memory that it had until now."""
        return self._memory.most

    def wait_for(self, address: str, word: str) -> None:
        """Wait until the page at an address has the word in it.

        Raises Failed if the server ends, and TookTooLong.
        """
        last = time.perf_counter() + self._limit
        while (left := last - time.perf_counter()) > 0:
            if word.encode() in self._page(address, left):
                return
            if self._program.has_ended:
                raise Failed(self._program.printed())
            time.sleep(BETWEEN_REQUESTS)
        raise TookTooLong

    def rest(self) -> None:
        """Wait until it has done what there was to do after the page was there; raises TookTooLong."""
        last = time.perf_counter() + self._limit
        taken = processor_seconds(self._program.number)
        while time.perf_counter() < last:
            time.sleep(REST)
            before, taken = taken, processor_seconds(self._program.number)
            if taken - before < RESTING * REST:
                return
        raise TookTooLong

    def _page(self, address: str, seconds: float) -> bytes:
        """The page at an address; empty if there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=seconds)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            return b""
        finally:
            connection.close()
        return text if answer.status == 200 else b""


@contextmanager
def serving(contestant: Contestant, site: Path, limit: float) -> Iterator[Server]:
    """Serve a site on a free port, until this is left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [word.format(port=port) for word in contestant.serve]
    with started(words, site, environment()) as program, MemoryWatch(program.number) as memory:
        yield Server(program, port, limit, memory)
