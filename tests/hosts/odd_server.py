"""A web server on this machine that answers as some of those in the world do."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = b'<!DOCTYPE html><title>x</title><h1 id="here">x</h1><a name="old">x</a><p id="user-content-on-github">x</p>'
#: More than anybody should read, if it was sent at all.
_HUGE = 1 << 40


class _Answers(BaseHTTPRequestHandler):
    """Answers by the first part of the address: a method below, or a status, then the address that it leads to."""

    server: "OddServer"

    def answer(self) -> None:
        """Answer whatever the method."""
        with self.server.noting(self):
            _, kind, *rest = self.path.split("/", 2)
            method = getattr(self, f"on_{kind}", None)
            if method is not None:
                method(*rest)
            elif kind.isdigit():
                self.say(int(kind), Location=f"/{rest[0]}") if rest else self.say(int(kind))
            else:
                self.say(200, PAGE)

    do_HEAD = do_GET = answer

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def on_no_head(self, status: str) -> None:
        """A program that never learnt HEAD."""
        self.say(200 if self.command == "GET" else int(status), PAGE)

    def on_no_head_at_all(self) -> None:
        """One that hangs up on it."""
        if self.command == "GET":
            self.say(200, PAGE)

    def on_busy(self, wait: str) -> None:
        """Asks to wait the first time."""
        later = formatdate(time.time() + 1, usegmt=True) if wait == "date" else wait
        is_first = [path for _, path in self.server.asked].count(self.path) == 1
        self.say(503 if is_first else 200, Retry_After=later)

    def on_loop(self, number: str) -> None:
        """Never arrives."""
        self.say(302, Location=f"/loop/{int(number) + 1}")

    def on_garbage(self) -> None:
        """Speaks something else."""
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2p1\r\n" * 3)

    def on_nothing(self) -> None:
        """Hangs up."""

    def on_slow(self) -> None:
        """Has no answer for a long time."""
        self.server.stopped.wait(20)

    def on_drip(self) -> None:
        """Sends a sign now and then, and never ends its first line."""
        with contextlib.suppress(OSError):
            while not self.server.stopped.wait(0.05):
                self.wfile.write(b"H")

    def on_endless(self) -> None:
        """A page that never ends, of which a few signs come now and then."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        with contextlib.suppress(OSError):
            while not self.server.stopped.wait(0.02):
                self.wfile.write(b"<p>more</p>")

    def on_huge(self) -> None:
        """A page that says how large it is."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(_HUGE))
        self.end_headers()
        with contextlib.suppress(OSError):
            while not self.server.stopped.is_set() and self.command == "GET":
                self.wfile.write(b"<p>more</p>" * 10_000)

    def on_headers(self) -> None:
        """Headers without an end."""
        self.send_response(200)
        with contextlib.suppress(OSError):
            while not self.server.stopped.is_set():
                self.wfile.write(b"X-More: " + b"x" * 10_000 + b"\r\n")

    def on_elsewhere(self) -> None:
        """Leads to no web page."""
        self.say(301, Location="mailto:ann@example.org")

    def on_nowhere(self) -> None:
        """Leads to no address at all."""
        self.say(301, Location="http://[")

    def on_text(self) -> None:
        """No HTML."""
        self.say(200, b"x", Content_Type="text/plain")

    def on_packed(self) -> None:
        """Packs its answer, though nobody asked for that."""
        self.say(200, b"\x1f\x8b", Content_Encoding="gzip")

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class OddServer(ThreadingHTTPServer):
    """The server, which begins at once; `asked` are the methods and addresses of its requests in their order, and
    `most_at_once` is how many of them there were at the same time.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.stopped = threading.Event()
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.times: list[float] = []
        self.most_at_once = self._now = 0
        self._counting = threading.Lock()
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.address = f"{'https' if certificate else 'http'}://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @contextlib.contextmanager
    def noting(self, request: BaseHTTPRequestHandler) -> Iterator[None]:
        """Note a request while it is answered."""
        with self._counting:
            self.asked.append((request.command, request.path))
            self.agents.add(request.headers["User-Agent"])
            self.times.append(time.monotonic())
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._counting:
                self._now -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever asks hangs up where there is too much."""

    def stop(self) -> None:
        """Stop, and end whatever drips."""
        self.stopped.set()
        self.shutdown()
        self.server_close()
