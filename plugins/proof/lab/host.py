"""A host: a process in a network namespace of its own, which runs commands, listens, and sends as it is asked.

The laboratory forks it and talks to it over a pair of sockets, a line of JSON each way.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from .isolation import here, leave_network, require_own
from .netlink_log import Logged, open_log, read_log
from .plan import PlannedTraffic
from .receiving import Receiver
from .sending import CannotSend, Sender

#: Longer than any command takes; one that asks a name server or waits for a module is ended. In seconds.
_LONGEST = 20
#: Commands of the system may be where only root looks for them.
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class HostFailed(Exception):
    """A host could not do what it was asked; the message says why."""


class Host:
    """The laboratory's side of a host."""

    def __init__(self, name: str) -> None:
        """Start the host. Raises OSError."""
        self.name = name
        mine, its = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            mine.close()
            _be_host(its)
        its.close()
        self._stream = mine.makefile("rw", encoding="utf-8", errors="surrogateescape", newline="\n")
        mine.close()

    def ask(self, what: str, **arguments: Any) -> Any:
        """Ask for something, and return the answer. Raises HostFailed."""
        try:
            print(json.dumps({"what": what, **arguments}), file=self._stream, flush=True)
            line = self._stream.readline()
        except OSError:
            line = ""
        if not line:
            raise HostFailed(f"the process of the host {self.name} has ended")
        answer = json.loads(line)
        if "failed" in answer:
            raise HostFailed(answer["failed"])
        return answer["answer"]

    def run(self, words: Sequence[str], program: str = "", text: str = "") -> tuple[int, str, str]:
        """Run a command; return its exit status and what it wrote to standard output and standard error."""
        status, output, said = self.ask("run", words=[*words], program=program or words[0], text=text)
        return int(status), str(output), str(said)

    def end(self) -> None:
        """End the host and all that it has started."""
        self._stream.close()
        os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _be_host(channel: socket.socket) -> NoReturn:
    """Do what is asked until there are no more requests; then the process ends."""
    status = 1
    try:
        os.setpgid(0, 0)
        _Serving(channel).serve()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


class _Serving:
    """The host's own side."""

    def __init__(self, channel: socket.socket) -> None:
        self.network = leave_network()
        self.channel = channel.makefile("rw", encoding="utf-8", errors="surrogateescape", newline="\n")
        self.selector = selectors.DefaultSelector()
        self.receiver = Receiver(self.selector)
        self.logged: list[Logged] = []
        self.log: socket.socket | None = None
        self.is_asked = True
        self.selector.register(channel, selectors.EVENT_READ, self.answer)

    def serve(self) -> None:
        while self.is_asked:
            self.look()

    def look(self, patience: float | None = None) -> bool:
        """Take what has come, and return whether anything had."""
        ready = self.selector.select(patience)
        for key, _ in ready:
            if key.fileobj.fileno() >= 0 and callable(key.data):  # type: ignore[union-attr]
                key.data(key.fileobj)
        return bool(ready)

    def answer(self, _: socket.socket) -> None:
        line = self.channel.readline()
        if not line:
            self.is_asked = False
            return
        request = json.loads(line)
        try:
            answer = {"answer": getattr(self, f"do_{request.pop('what')}")(**request)}
        except (OSError, CannotSend, subprocess.SubprocessError) as error:
            answer = {"failed": str(error)}
        except Exception as error:  # a bug of ours: whoever asked waits for an answer
            answer = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=self.channel, flush=True)

    def do_run(self, words: list[str], program: str, text: str) -> tuple[int, str, str]:
        """Run a command, in this network namespace and no other."""
        require_own("net", "mnt")
        if here("net") != self.network:
            raise OSError("this is not the network namespace of this host: nothing was done")
        executable = shutil.which(program, path=_PATH)
        if executable is None:
            raise FileNotFoundError(f"{program} is not installed")
        ran = subprocess.run(
            words, executable=executable, input=text, capture_output=True, encoding="utf-8", errors="surrogateescape",
            env={"PATH": _PATH, "LC_ALL": "C"}, check=False, timeout=_LONGEST,
        )  # fmt: skip
        return ran.returncode, ran.stdout, ran.stderr

    def do_set(self, file: str, value: str) -> None:
        """Set a value of the kernel for this network namespace."""
        require_own("net", "mnt")
        with open(f"/proc/sys/net/{file}", "w", encoding="ascii") as opened:  # noqa: PTH123  # no path of files
            opened.write(value)

    def do_listen(self, ports: list[int]) -> None:
        """Listen to ports and pings."""
        self.receiver.listen(ports)

    def do_watch(self, groups: list[int]) -> None:
        """Receive what is logged to some groups."""
        self.log = open_log(groups)
        self.selector.register(self.log, selectors.EVENT_READ, self.take_log)

    def take_log(self, log: socket.socket) -> None:
        self.logged += read_log(log)

    def do_send(self, traffic: PlannedTraffic, number: int) -> dict[str, Any]:
        """Send traffic from a process beside this one, and go on listening meanwhile."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _send(traffic, number, writing)
        os.close(writing)
        pieces: list[bytes] = []
        with open(reading, "rb", buffering=0) as pipe:  # noqa: PTH123  # not a path
            is_over = False

            def take(_: object) -> None:
                nonlocal is_over
                piece = pipe.read(1 << 16)
                pieces.append(piece)
                is_over = not piece

            self.selector.register(pipe, selectors.EVENT_READ, take)
            while not is_over:
                self.look()
            self.selector.unregister(pipe)
        os.waitpid(child, 0)
        answer: dict[str, Any] = json.loads(b"".join(pieces) or b'{"failed": "the process that sends has ended"}')
        if "failed" in answer:
            raise CannotSend(answer["failed"])
        return answer

    def do_seen(self) -> dict[str, Any]:
        """What has arrived and was logged since the last time."""
        while self.look(0):
            pass
        arrivals, logged = self.receiver.arrivals, self.logged
        self.receiver.arrivals, self.logged = [], []
        return {
            "arrivals": arrivals,
            "logged": [(each.group, each.prefix, each.mark, each.packet.hex()) for each in logged],
        }


def _send(traffic: PlannedTraffic, number: int, writing: int) -> NoReturn:
    status = 1
    try:
        sender = Sender(traffic, number)
        try:
            outcomes = [
                (each.verdict, each.reason, each.answers, each.sent_from, each.began, each.ended)
                for each in sender.send()
            ]
            answer: dict[str, Any] = {"outcomes": outcomes, "disturbed": sender.disturbed}
        except (CannotSend, OSError) as error:
            answer = {"failed": str(error)}
        with open(writing, "wb") as pipe:
            pipe.write(json.dumps(answer).encode())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
