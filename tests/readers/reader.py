"""A reader with a browser of their own."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from conftest import NODE_MODULES, NPM, need

_PROGRAM = Path(__file__).with_name("reader.mjs")
#: How long something may take to come true, in seconds. Not a measure of speed.
_PATIENCE = 30


class Kind(NamedTuple):
    """A kind of browser: what puppeteer calls it, the names of its program, and the package that has it."""

    name: str
    programs: tuple[str, ...]
    package: str


KINDS = {
    "Chromium": Kind("chrome", ("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "Firefox": Kind("firefox", ("firefox-esr", "firefox"), "firefox-esr"),
}


class Visit(NamedTuple):
    """What came of opening an address: the status of the answer, which is 200 too for a page that the browser has and
    that has not changed, and the address of the page that is shown.
    """

    status: int
    address: str


class AnyReader(ABC):
    """A browser with one window."""

    @abstractmethod
    def open(self, address: str) -> Any:
        """Open an address, and wait until all of the page is there."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key."""

    @abstractmethod
    def evaluate(self, script: str) -> Any:
        """Return the value of an expression of JavaScript in the page, waiting for a promise."""

    def wait_for(self, condition: str) -> None:
        """Wait until an expression of JavaScript is true in the page, which may be loaded anew meanwhile."""
        end = time.monotonic() + _PATIENCE
        fault: AssertionError | None = None
        while time.monotonic() < end:
            try:
                if self.evaluate(f"Boolean({condition})"):
                    return
            except AssertionError as gone:  # the page that was asked is not there any more
                fault = gone
            time.sleep(0.03)
        raise AssertionError(f"never: {condition}") from fault


class Reader(AnyReader):
    """A browser, and a reader who begins with an empty cache."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def _order(self, do: str, **order: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        print(json.dumps({"do": do, **order}), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        assert line, f"the browser ended; it was told to {do} {order}"
        answer = json.loads(line)
        assert "failed" not in answer, (do, order, answer)
        return answer["done"]

    def begin(self) -> None:
        """Be another reader, who has seen no page yet."""
        self._order("begin")

    def open(self, address: str, width: int = 1280) -> Visit:
        """Open an address in a window that is so many pixels wide, and wait until all of the page is there."""
        return Visit(**self._order("open", address=address, width=width))

    def problems(self) -> list[str]:
        """Return what the page has said in the console, and what it was not allowed to load."""
        return list(self._order("problems"))

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression of JavaScript in the page, waiting for a promise."""
        return self._order("evaluate", script=script)

    def press(self, key: str) -> None:
        """Press a key."""
        self._order("press", key=key)

    def width(self, width: int) -> None:
        """Make the window so many pixels wide."""
        self._order("width", width=width)

    def scheme(self, scheme: str) -> None:
        """Have the system's colours be `light` or `dark`."""
        self._order("scheme", scheme=scheme)


@contextmanager
def reader_with(browser: str, certificate: Path | None = None) -> Iterator[Reader]:
    """Start a browser, by its name in KINDS, that trusts a certificate."""
    kind = KINDS[browser]
    node = need(shutil.which("node"), "Node", "apt-get install nodejs")
    need(NODE_MODULES / "puppeteer-core/package.json", "puppeteer-core", NPM)
    found = next(filter(None, map(shutil.which, kind.programs)), None)
    program = need(found, browser, f"apt-get install {kind.package}")
    # Not --ignore-certificate-errors: what comes with an error is never kept for a second visit.
    trusted = [f"--ignore-certificate-errors-spki-list={_mark_of_key(certificate)}"] if certificate else []
    process = subprocess.Popen(
        [node, str(_PROGRAM), kind.name, program, "--disable-background-networking", *trusted],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin
    try:
        yield Reader(process)
    finally:
        process.stdin.close()
        process.wait(60)


def _mark_of_key(certificate: Path) -> str:
    """What Chromium knows the public key of a certificate by."""
    command = ["openssl", "x509", "-in", str(certificate), "-noout", "-pubkey"]
    key = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    whole = base64.b64decode("".join(line for line in key.splitlines() if not line.startswith("-")))
    return base64.b64encode(sha256(whole).digest()).decode()
