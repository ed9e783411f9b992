"""plugins/press/serve/front/http_server.py: those who ask or read slowly, and many of them."""

import asyncio
import contextlib
import resource
import socket
from typing import Any

import pytest
from press.serve.front import http_server
from press.serve.front.http_server import HttpServer
from previews import PATIENCE, Preview, in_a_loop

MANY = 2000
WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
PIECE, PIECES = b"x" * 200_000, 100


@pytest.mark.starts_programs
def test_many_half_requests_keep_nobody_waiting(standing: Preview) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < MANY + 500:
        pytest.skip(f"the system allows {hard} open files; raise it with: ulimit -Hn {MANY + 500}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, MANY + 500), hard))
    try:
        with contextlib.ExitStack() as connections:
            for _ in range(MANY):
                connection = socket.create_connection(("127.0.0.1", standing.port), PATIENCE)
                connections.enter_context(connection)
                connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
            assert standing.get("/2026/01/first/")[0] == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def _application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Send one word; to those who ask for it, more than any connection holds."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(PIECES if scope["path"] == "/much" else 0):
        await send({"type": "http.response.body", "body": PIECE, "more_body": True})
    await send({"type": "http.response.body", "body": b"done"})


async def _left_open(sent: list[bytes], is_read: bool) -> bytes:
    """Send some bytes, piece by piece, and leave the connection open; return what came until the server closed it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        server = HttpServer(_application)
        serving = asyncio.create_task(server.serve(listener))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        for piece in sent:
            writer.write(piece)
            await asyncio.sleep(http_server.PATIENCE / 4)
        if not is_read:
            await asyncio.sleep(http_server.PATIENCE * 3)
        received = b""
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(1 << 16):
                received += piece
        writer.close()
        server.stop()
        await serving
        return received


@pytest.mark.parametrize(
    ("sent", "is_answered"),
    [
        ([], False),
        ([b"GET / HT"], False),
        ([*(bytes([letter]) for letter in b"GET / HTTP/1.1")], False),
        ([WHOLE], True),
        ([WHOLE, b"GET / HT"], True),
        ([b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n1", b"2", b"3"], True),
    ],
)
def test_a_request_is_waited_for_only_so_long(
    monkeypatch: pytest.MonkeyPatch, sent: list[bytes], is_answered: bool
) -> None:
    monkeypatch.setattr(http_server, "PATIENCE", 0.2)

    assert (b"done" in in_a_loop(_left_open(sent, is_read=True))) == is_answered


def test_who_does_not_take_what_was_asked_for_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "PATIENCE", 0.2)

    received = in_a_loop(_left_open([WHOLE.replace(b"/ ", b"/much ", 1)], is_read=False))

    assert 0 < len(received) < len(PIECE) * PIECES
