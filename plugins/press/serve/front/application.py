"""The ASGI application: who may ask for what, and what is sent.

Routes: `/.press/follow.js`, `/.press/report.css` and `/.press/events` are the preview's own; all else is the site.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from .assets import REPORT_CSS, SCRIPT
from .byte_range import asked_part
from .followers import Follower, Followers
from .names import Names
from .page import with_script
from .preview import Preview
from .request_path import address_of
from .terminal import Terminal
from .view import View, view

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_OWN = b"/.press/"
#: What a browser says that it wants to show as a page; other programs say nothing.
_PAGES = {"", "document", "iframe", "frame", "empty"}
#: In bytes. A browser has to take each piece within the server's time limit.
_PIECE = 1 << 18
_TEXT = "text/plain; charset=utf-8"


class Request:
    """What a browser asks for."""

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self.raw_path: bytes = scope["raw_path"]
        self.query: bytes = scope["query_string"]
        self.client: str = scope["client"][0] if scope["client"] else ""
        self._headers: dict[bytes, bytes] = dict(scope["headers"])

    def header(self, name: str) -> str:
        """Return the value of a header, "" if there is none."""
        return self._headers.get(name.lower().encode(), b"").decode("latin-1")

    def field(self, name: str) -> str:
        """Return the value of a field of the query, "" if there is none."""
        return parse_qs(self.query.decode("latin-1")).get(name, [""])[0]


class Application:
    """Answers requests with pages of the preview, and keeps tabs informed."""

    def __init__(self, preview: Preview, followers: Followers, names: Names, terminal: Terminal) -> None:
        self._preview = preview
        self._followers = followers
        self._names = names
        self._terminal = terminal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._answer(Request(scope), receive, send)
        except Exception as error:
            self._terminal.line(f"error: a fault of the preview itself: {type(error).__name__}: {error}")
            raise

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        origin = f"http://{request.header('Host')}"
        if not self._names.has(request.header("Host")):
            await _send_text(
                send, 403, "The preview does not go by this name. Ask for its address, or start it with --host (HOST=)"
            )
        elif request.method not in ("GET", "HEAD"):
            await _send_text(send, 405, "The preview can only be read", [("Allow", "GET, HEAD")])
        elif not request.raw_path.startswith(b"/"):
            await _send_text(send, 400, "This is not an address of a page")
        elif request.raw_path == _OWN + b"follow.js":
            await _send(send, 200, SCRIPT, "text/javascript; charset=utf-8")
        elif request.raw_path == _OWN + b"report.css":
            await _send(send, 200, REPORT_CSS, "text/css; charset=utf-8")
        elif request.raw_path == _OWN + b"events":
            await self._send_events(request, origin, receive, send)
        else:
            await self._send_view(request, origin, send)

    async def _send_view(self, request: Request, origin: str, send: Send) -> None:
        address = address_of(request.raw_path)
        await self._preview.look(address)
        is_page = request.header("Sec-Fetch-Dest") in _PAGES
        seen = await view(self._preview, address, with_nearest=is_page)
        if seen.location:
            query = f"?{request.query.decode('latin-1')}" if request.query else ""
            location = request.raw_path.decode("latin-1") + "/" + query
            await _send(send, seen.status, b"", _TEXT, [("Location", location)])
            return
        body = seen.body
        if seen.is_html:
            mark = self._followers.resources.mark()
            body = with_script(body, origin, seen.digest, mark, is_report=seen.is_report)
        elif seen.status == 200 and address:
            self._followers.resources.sent(address, seen.digest)
        await _send_in_part(send, request, seen, body)

    async def _send_events(self, request: Request, origin: str, receive: Receive, send: Send) -> None:
        is_own = request.header("Origin") in ("", origin) and request.header("Sec-Fetch-Site") in (
            "",
            "none",
            "same-origin",
        )
        if not is_own:
            await _send_text(send, 403, "Events are for the pages of the preview")
            return
        await _send_start(send, 200, [("Content-Type", "text/event-stream")])
        if request.method == "HEAD":
            await send({"type": "http.response.body"})
            return
        follower = self._followers.join(request.client)
        mark = request.header("Last-Event-ID") or request.field("mark")
        address = address_of(request.field("page").encode())
        leaving = asyncio.create_task(_leave_with_browser(receive, follower))
        async with contextlib.aclosing(
            self._followers.events(follower, address, request.field("digest"), mark)
        ) as events:
            async for event in events:
                await send({"type": "http.response.body", "body": event, "more_body": True})
        leaving.cancel()
        await send({"type": "http.response.body"})


async def _leave_with_browser(receive: Receive, follower: Follower) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    follower.leave()


async def _send_in_part(send: Send, request: Request, seen: View, body: bytes) -> None:
    """Send the body, or what is asked for of it; parts of pages are of no use to anyone."""
    if seen.is_html or seen.status != 200:
        await _send(send, seen.status, body, seen.content_type)
        return
    part = asked_part(request.header("Range"), len(body))
    if part is None:
        await _send(send, 200, body, seen.content_type, [("Accept-Ranges", "bytes")])
    elif not part:
        await _send(send, 416, b"", _TEXT, [("Content-Range", f"bytes */{len(body)}")])
    else:
        where = f"bytes {part.start}-{part.stop - 1}/{len(body)}"
        await _send(send, 206, body[part.start : part.stop], seen.content_type, [("Content-Range", where)])


async def _send_text(send: Send, status: int, text: str, headers: Iterable[tuple[str, str]] = ()) -> None:
    await _send(send, status, f"{text}.\n".encode(), _TEXT, headers)


async def _send(
    send: Send, status: int, body: bytes, content_type: str, headers: Iterable[tuple[str, str]] = ()
) -> None:
    own = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    await _send_start(send, status, [*own, *headers])
    for start in range(0, len(body), _PIECE):
        await send({"type": "http.response.body", "body": body[start : start + _PIECE], "more_body": True})
    await send({"type": "http.response.body"})


async def _send_start(send: Send, status: int, headers: Iterable[tuple[str, str]]) -> None:
    every = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), *headers]
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in every]
    await send({"type": "http.response.start", "status": status, "headers": raw})
