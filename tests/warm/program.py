"""A Python program that the tests start and wait for."""

import functools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SOURCE = Path(__file__).with_name("source.py")

#: What Python, and what is loaded already, looks at as it starts. Where it is otherwise than here, the start is cold.
_SEEN_AT_THE_START = ("PYTHON", "LC_", "LANG", "COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR")


def can_start_warm(environment: Mapping[str, str]) -> bool:
    """Whether a program with these variables would be the same if it were started anew."""
    return all(
        environment.get(name) == os.environ.get(name)
        for name in {*environment, *os.environ}
        if name.startswith(_SEEN_AT_THE_START) and name != "PYTHONPATH"
    )


@functools.cache
def _source() -> socket.socket:
    """The line to the process that copies itself, which ends when this end of it is closed."""
    ours, its = socket.socketpair()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.Popen(
        [sys.executable, SOURCE, str(its.fileno())],
        env=environment,
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    its.close()
    return ours


class Program:
    """`python -m MODULE ARGUMENTS...`, running; what it has in common with `subprocess.Popen` is called as there."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdout: int, stderr: int
    ) -> None:
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
        with its, Path(os.devnull).open("rb") as nothing:
            socket.send_fds(_source(), [b"."], [nothing.fileno(), stdout, stderr, its.fileno()])
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
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run `python -m MODULE ARGUMENTS...` to its end, warm if that makes no difference, and return what it said."""
    if not can_start_warm(environment):
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=timeout,
        )
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        program = Program(arguments, folder, environment, stdout.fileno(), stderr.fileno())
        try:
            status = program.wait(timeout)
        finally:
            program.kill()
        said = []
        for file in (stdout, stderr):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(arguments, status, *said)
