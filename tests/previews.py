"""A running preview of a site, for the tests of `make serve`."""

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import quote

from conftest import Site, press_environment
from warm.program import Program

Result = TypeVar("Result")

# How long a change may take to arrive before it counts as lost, in seconds. Not a measure of speed.
PATIENCE = 30

STANDARD = ("stdin", "stdout", "stderr")
#: As make starts it.
COLD = (sys.executable, "-m", "press.serve")


class Preview:
    """A preview, by default on a port that the system chose, with all that it prints.

    It is started warm, with the process that has the site, unless it is to be started as a user does it by a `program`.
    """

    def __init__(self, folder: Path, *arguments: str, program: Sequence[str | Path] = (), **environment: str) -> None:
        command = [*program, *(arguments or ("--port", "0"))]
        environment = {**press_environment(), **environment}
        out, end = os.pipe()
        standard = [os.open(os.devnull, os.O_RDONLY), end, end]
        self.process = (
            subprocess.Popen(command, cwd=folder, env=environment, **dict(zip(STANDARD, standard, strict=True)))
            if program
            else Program(["press.serve", *command], folder, environment, standard)
        )
        for file in {*standard}:
            os.close(file)
        self._out = os.fdopen(out, encoding="utf-8")
        self.said = ""
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = int(self.says(r"Preview: http://\S+:(\d+)/ ")[1])
        self.address = f"http://127.0.0.1:{self.port}"

    def _read(self) -> None:
        with self._out:
            for line in self._out:
                self._lines.put(line)

    def says(self, pattern: str) -> re.Match[str]:
        """Wait until something that fits is printed, and return it. What was printed before it counts as read."""
        end = time.monotonic() + PATIENCE
        pending = ""
        while time.monotonic() < end:
            with contextlib.suppress(Empty):
                line = self._lines.get(timeout=0.1)
                self.said += line
                pending += line
            if found := re.search(pattern, pending):
                return found
            if self.process.poll() is not None and self._lines.empty():
                break
        raise AssertionError(f"{pattern} was never printed, but:\n{self.said}")

    def rest(self) -> str:
        """Return what it has printed since, after its end."""
        self._reader.join(PATIENCE)
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        self.said += "".join(lines)
        return "".join(lines)

    def ask(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        """Return the answer to a request, its body read. In the names of headers, `_` stands for `-`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.text = answer.read().decode(errors="replace")  # type: ignore[attr-defined]
        connection.close()
        return answer

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the body of what is at an address."""
        answer = self.ask(path)
        return answer.status, answer.text  # type: ignore[attr-defined]

    def report(self, path: str) -> str:
        """Return what a tab is told to lay over the page at an address; "" if it is as it should be."""
        with contextlib.closing(self.events(path)) as events:
            return next(data for name, data in events if name == "report")

    def events(self, path: str) -> Generator[tuple[str, str], None, None]:
        """Ask for a page, and yield what its tab is told from then on: the name of each event, and a report as text."""
        page = self.get(path)[1]
        known = [re.search(f'data-{name}="([^"]*)"', page) for name in ("digest", "mark")]
        digest, mark = (found[1] if found else "" for found in known)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/.press/events?page={quote(path)}&digest={digest}&mark={mark}")
        with contextlib.closing(connection), connection.getresponse() as events:
            name = ""
            while line := events.readline().decode():
                kind, _, value = line.strip().partition(": ")
                if kind == "event":
                    name = value
                elif kind == "data":
                    parts = json.loads(value)["parts"] if name == "report" else []
                    yield name, "".join(words for _, pieces in parts for _, words in pieces)

    def wait_for(self, path: str, fits: Callable[[int, str], bool]) -> None:
        """Ask until the answer fits."""
        end = time.monotonic() + PATIENCE
        while not fits(*self.get(path)):
            assert time.monotonic() < end, f"{path} never became what it should"
            time.sleep(0.05)

    def processes(self) -> list[int]:
        """Return the processes that belong to it and are alive, its own first."""
        table = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in table.splitlines()]
        found = [self.process.pid]
        for pid in found:
            found += [int(child) for child, parent, state in rows if int(parent) == pid and "Z" not in state]
        return found

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal, wait for the end, and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def preview_of(
    site: Site, *arguments: str, program: Sequence[str | Path] = (), **environment: str
) -> Iterator[Preview]:
    """Run a preview of a site, and end it."""
    preview = Preview(site.folder, *arguments, program=program, **environment)
    try:
        yield preview
    finally:
        preview.process.kill()
        preview.process.wait()


def is_alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def in_a_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """Do something asynchronous, in a thread of its own: Playwright leaves a loop running in that of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)
