"""A reader with WebKitGTK, which stands for Safari: by WebDriver (W3C), on a display of its own."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from conftest import need
from hosts.ports import free_port, wait_for_port

from .reader import AnyReader

#: The browser that Debian builds for tests; its windows have no words of their own but an address.
_BROWSER = "webkit2gtk-4.1/MiniBrowser"
_PATIENCE = 30
#: What WebDriver calls keys.
_KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c"}


class WebKitReader(AnyReader):
    """A browser, and a reader who begins with an empty cache."""

    def __init__(self, driver: str) -> None:
        self._address = driver

    def _order(self, method: str, path: str, **fields: Any) -> Any:
        body = json.dumps(fields).encode() if method == "POST" else None
        request = Request(self._address + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:
                return json.load(answer)["value"]
        except HTTPError as refusal:
            raise AssertionError(f"{method} {path} {fields}: {refusal.read().decode()}") from refusal

    def begin(self, browser: str) -> None:
        """Start the browser, a program."""
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        session = self._order("POST", "/session", capabilities={"alwaysMatch": wanted})["sessionId"]
        self._address += f"/session/{session}"
        self._order("POST", "/window/rect", width=1000, height=760)

    def end(self) -> None:
        """End the browser."""
        self._order("DELETE", "")

    def open(self, address: str) -> None:
        """Open an address, and wait until all of the page is there."""
        self._order("POST", "/url", url=address)

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression of JavaScript in the page, waiting for a promise."""
        waiting = f"Promise.resolve({script}).then(arguments[arguments.length - 1])"
        return self._order("POST", "/execute/async", script=waiting, args=[])

    def press(self, key: str) -> None:
        """Press a key."""
        value = _KEYS[key]
        keys = {
            "type": "key",
            "id": "keys",
            "actions": [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")],
        }
        self._order("POST", "/actions", actions=[keys])


@contextlib.contextmanager
def webkit_reader() -> Iterator[WebKitReader]:
    """Start WebKitGTK."""
    advice = "apt-get install webkit2gtk-driver xvfb"
    driver = need(shutil.which("WebKitWebDriver"), "WebKitWebDriver", advice)
    xvfb = need(shutil.which("Xvfb"), "Xvfb", advice)
    browser = need(next(Path("/usr/lib").glob(f"*/{_BROWSER}"), None), "MiniBrowser", advice)
    shown, told = os.pipe()
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(_running([xvfb, "-displayfd", str(told), "-nolisten", "tcp"], pass_fds=[told]))
        os.close(told)
        with os.fdopen(shown, encoding="ascii") as numbers:
            number = numbers.readline().strip()
        assert number, f"Xvfb ended: {display.poll()}"
        # Its own sandbox cannot be made within a container.
        environment = {**os.environ, "DISPLAY": f":{number}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        port = free_port()
        stack.enter_context(_running([driver, f"--port={port}"], env=environment))
        wait_for_port(port)
        reader = WebKitReader(f"http://127.0.0.1:{port}")
        reader.begin(str(browser))
        stack.callback(reader.end)
        yield reader


@contextlib.contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_PATIENCE)
