"""The HTTP server: uvicorn, with a time limit for those who ask slowly and those who read slowly.

Compared for this (milliseconds to start Python and import it, of which Python takes 17): uvicorn 190, granian 240,
hypercorn 350, aiohttp 450; waitress, at 75, has a thread for each open tab, and http.server one for each connection.
The worker reads the site while it is imported.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

#: How long a browser may take to ask for something, and to take what it asked for piece by piece, in seconds.
PATIENCE = 20.0
#: How long answers may still take when the preview ends, in seconds.
PARTING = 1
#: How often the time in the headers of answers is updated, in seconds: it has no fractions of a second.
_TICK = 1.0


class PatientProtocol(H11Protocol):
    """One connection, which is closed when nothing moves: uvicorn itself would wait for ever for half a request."""

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request. Only a whole one ends the waiting."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """Begin to wait for the browser to take what it was sent."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """Go on, now that it was taken."""
        super().resume_writing()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        super().connection_lost(exc)
        self._stop_watching()

    def _watch(self) -> None:
        is_waiting = self.cycle is None or self.cycle.response_complete or self.flow.write_paused
        if not is_waiting:
            self._stop_watching()
        elif self._limit is None:
            self._limit = self.loop.call_later(PATIENCE, self.transport.abort)

    def _stop_watching(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ending = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for the end. uvicorn's own looks ten times a second whether it has come; the time that each answer bears
        changes once.
        """
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.ending.wait(), _TICK)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to those who started this."""
        yield


class HttpServer:
    """Serves an ASGI application until it is told to stop."""

    def __init__(self, application: Any) -> None:
        logging.getLogger("uvicorn").addHandler(logging.NullHandler())
        logging.getLogger("uvicorn").propagate = False
        self._server = _Server(
            uvicorn.Config(
                application,
                loop="asyncio",
                http=PatientProtocol,
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=PARTING,
            )
        )

    @property
    def is_ending(self) -> bool:
        """Whether it was told to stop."""
        return self._server.should_exit

    def stop(self) -> None:
        """Let serve() return, once the answers that were begun are sent."""
        self._server.should_exit = True
        self._server.ending.set()

    async def serve(self, listener: socket.socket) -> None:
        """Serve at a socket that listens."""
        await self._server.serve([listener])
