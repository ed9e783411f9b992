"""A Python program that the tests start and wait for."""

import atexit
import contextlib
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent

#: The variables that Python, and what is loaded already, look at as they start.
_SEEN_AT_THE_START = ("PYTHON", "LC_", "LANG", "COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR")

#: Those variables and their values, sorted.
Kind = tuple[tuple[str, str], ...]

#: How often a program was started cold, by the kind of its environment.
_cold: Counter[Kind] = Counter()
#: How many of each kind are: to start a source takes as long as a few of them.
_COLD = 2


def kind_of(environment: Mapping[str, str]) -> Kind:
    """What of an environment a program that was started warm cannot see any more."""
    return tuple(
        sorted(
            (name, value)
            for name, value in environment.items()
            if name.startswith(_SEEN_AT_THE_START) and name != "PYTHONPATH"
        )
    )


@functools.cache
def _folder() -> str:
    """A folder for what all sources may keep, until the tests end."""
    folder = tempfile.mkdtemp(prefix="warm-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def _source(kind: Kind) -> socket.socket:
    """The line to the process that copies itself, which ends when this end of it is closed."""
    ours, its = socket.socketpair()
    subprocess.Popen(
        [sys.executable, "-m", "warm.source", str(its.fileno()), _folder()],
        cwd=TESTS,
        env={"PATH": os.environ["PATH"], **dict(kind)},
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    its.close()
    return ours


class Program:
    """`python -m MODULE ARGUMENTS...`, running; what it has in common with `subprocess.Popen` is called as there."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], standard: Sequence[int]
    ) -> None:
        """Start it with these files as standard input, output and error."""
        sys.audit("subprocess.Popen", sys.executable, arguments, folder, environment)
        self.args = arguments
        self.returncode: int | None = None
        self._line, its = socket.socketpair()
        order = {
            "arguments": arguments,
            "folder": str(folder),
            "environment": dict(environment),
            "ignored": [number for number in signal.valid_signals() if signal.getsignal(number) is signal.SIG_IGN],
        }
        with its:
            socket.send_fds(_source(kind_of(environment)), [b"."], [*standard, its.fileno()])
            self._line.sendall(json.dumps(order).encode() + b"\n")
        self._answers = self._line.makefile("r")
        self.pid = int(self._answers.readline())

    def poll(self) -> int | None:
        """The exit status, as `subprocess` counts; None while it runs."""
        try:
            return self.wait(0.0001)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end, at most so many seconds, and return the exit status."""
        if self.returncode is None:
            self._line.settimeout(timeout)
            try:
                self.returncode = int(self._line.recv(16))
            except TimeoutError:
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            self._line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], data: bytes = b"", timeout: float = 120
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m MODULE ARGUMENTS...` to its end, and return what it said.

    It starts cold the first times that there is one in such an environment: most of those are not asked for again.
    """
    kind = kind_of(environment)
    if _cold[kind] < _COLD:
        _cold[kind] += 1
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, input=data, capture_output=True, check=False, timeout=timeout
        )
    with contextlib.ExitStack() as opened:
        standard = [opened.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        standard[0].write(data)
        standard[0].seek(0)
        program = Program(arguments, folder, environment, [file.fileno() for file in standard])
        try:
            status = program.wait(timeout)
        finally:
            program.kill()
        for file in standard:
            file.seek(0)
        _, stdout, stderr = (file.read() for file in standard)
    return subprocess.CompletedProcess(arguments, status, stdout, stderr)
