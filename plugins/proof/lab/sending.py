"""The side that opens connections, one after another, and waits for their answers.

A packet that is dropped tells nobody: a connection is taken to be dropped when nothing has come back for a while. TCP
would send its first packet again after a second, and that would be one packet more for the rules to count, so it is
given up before.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import struct
import time
from dataclasses import dataclass, field

from .messages import LENGTH, Message
from .plan import PlannedTraffic

#: How long an answer may take, in seconds. All hosts are one machine, and mostly it takes less than a thousandth.
_TO_ANSWER = 0.9
#: How long the next connection waits for the one before, in seconds; when so many have waited in vain, shorter.
_PATIENCE, _LESS_PATIENCE, _IN_VAIN = 0.05, 0.003, 10

_IP_RECVERR, _IPV6_RECVERR = 11, 25
_FROM_ICMP = (2, 3)
_ERROR = struct.Struct("=IBBBxII")
#: Where struct tcp_info says how many packets were sent again.
_SENT_AGAIN = 100

#: How an ICMP error is called by the options of REJECT, by its type and code.
_ICMP = {
    (3, 0): "icmp-net-unreachable",
    (3, 1): "icmp-host-unreachable",
    (3, 2): "icmp-proto-unreachable",
    (3, 3): "icmp-port-unreachable",
    (3, 9): "icmp-net-prohibited",
    (3, 10): "icmp-host-prohibited",
    (3, 13): "icmp-admin-prohibited",
}
_ICMP6 = {
    (1, 0): "icmp6-no-route",
    (1, 1): "icmp6-adm-prohibited",
    (1, 3): "icmp6-addr-unreachable",
    (1, 4): "icmp6-port-unreachable",
    (1, 5): "icmp6-policy-fail",
    (1, 6): "icmp6-reject-route",
}
#: Errors of a socket with which nothing was sent at all: the network of the experiment is not as it should be.
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EINVAL, errno.EADDRINUSE}


class CannotSend(Exception):
    """The experiment cannot be sent as it is; the message says why."""


@dataclass(slots=True)
class Outcome:
    """How one connection ended; `verdict` is empty as long as it has not. `began` is in seconds after the first, and
    `ended` by the clock that does not jump.
    """

    verdict: str = ""
    reason: str = ""
    answers: int = 0
    sent_from: tuple[str, int] = ("", 0)
    began: float = 0.0
    ended: float = 0.0


@dataclass(slots=True)
class _Open:
    """A connection that has not ended."""

    number: int
    opened: socket.socket
    outcome: Outcome
    until: float
    is_connecting: bool
    received: int = 0


@dataclass(slots=True)
class Sender:
    """Sends some traffic. `disturbed`: the kernel sent a first packet again, which is one more for rules to count."""

    traffic: PlannedTraffic
    number: int
    disturbed: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _open: dict[int, _Open] = field(default_factory=dict)
    _held: list[socket.socket] = field(default_factory=list)
    _in_vain: int = 0
    _start: float = 0.0

    def send(self) -> list[Outcome]:
        """Open all connections, and return how each ended. Raises CannotSend."""
        # Packets from one processor stay in order; a process that moves to another could overtake itself.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        self._start = time.monotonic()
        for number in range(self.traffic["connections"]):
            self._wait(self._when(number), is_due=self.traffic["every"] > 0)
            self._begin(number)
            is_hopeless = self._in_vain >= _IN_VAIN
            self._wait(time.monotonic() + (_LESS_PATIENCE if is_hopeless else _PATIENCE), number)
            self._in_vain += number in self._open
        while self._open:
            self._wait(min(each.until for each in self._open.values()))
        for held in self._held:
            held.close()
        return self.outcomes

    def _when(self, number: int) -> float:
        """When a connection is opened. What a busy machine sends late is not made up for: two would be too close."""
        every = self.traffic["every"]
        last = self.outcomes[-1].began if self.outcomes else -every
        return self._start + max(number * every, last + every)

    def _begin(self, number: int) -> None:
        """Open a connection, and send its first packet."""
        outcome = Outcome(began=time.monotonic() - self._start)
        self.outcomes.append(outcome)
        opened = self._socket()
        is_tcp = self.traffic["protocol"] == "tcp"
        until = time.monotonic() + _TO_ANSWER
        this = self._open[number] = _Open(number, opened, outcome, until, is_connecting=is_tcp)
        error = opened.connect_ex((self.traffic["address"], self.traffic["port"]))
        address, port, *_ = opened.getsockname()
        outcome.sent_from = address, port
        if error and error != errno.EINPROGRESS:
            self._failed(this, error, is_first=True)
            return
        self._selector.register(opened, selectors.EVENT_WRITE if is_tcp else selectors.EVENT_READ, this)
        if not is_tcp:
            self._send_next(this)

    def _socket(self) -> socket.socket:
        traffic = self.traffic
        is_new = traffic["family"] == "ipv6"
        family = socket.AF_INET6 if is_new else socket.AF_INET
        echo = socket.IPPROTO_ICMPV6 if is_new else socket.IPPROTO_ICMP
        kind = socket.SOCK_STREAM if traffic["protocol"] == "tcp" else socket.SOCK_DGRAM
        opened = socket.socket(family, kind, echo if traffic["protocol"] == "icmp" else 0)
        opened.setblocking(False)  # noqa: FBT003
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if traffic["mark"]:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, traffic["mark"])
        opened.setsockopt(*((socket.IPPROTO_IPV6, _IPV6_RECVERR) if is_new else (socket.IPPROTO_IP, _IP_RECVERR)), 1)
        if kind == socket.SOCK_STREAM:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if traffic["source"] or traffic["source_port"]:
            try:
                opened.bind((traffic["source"], traffic["source_port"]))
            except OSError as error:
                where = f"{traffic['source']} port {traffic['source_port'] or 'any'}"
                raise CannotSend(f"{traffic['sender']} cannot send from {where}: {error.strerror}") from None
        return opened

    def _wait(self, until: float, number: int | None = None, *, is_due: bool = False) -> None:
        """Look after what is open until a time, or until a connection has ended; at all events what is overdue ends.

        `is_due` waits though nothing is open.
        """
        while number is None or number in self._open:
            now = time.monotonic()
            for each in [each for each in self._open.values() if each.until <= now]:
                self._late(each)
            if now >= until or not (self._open or is_due):
                return
            next_end = min((each.until for each in self._open.values()), default=until)
            for key, _ in self._selector.select(max(0.0, min(until, next_end) - now)):
                self._go_on(key.data)

    def _late(self, this: _Open) -> None:
        """End a connection that has had no answer, unless one came while someone else had the processor."""
        self._go_on(this)
        if this.number in self._open and this.until <= time.monotonic():
            self._end(this, "dropped")

    def _go_on(self, this: _Open) -> None:
        """Take what has come for a connection."""
        if this.is_connecting:
            error = this.opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                self._failed(this, error)
            elif self._is_connected(this.opened):
                this.is_connecting = False
                this.until = time.monotonic() + _TO_ANSWER
                self.disturbed |= _sent_again(this.opened) > 0
                self._selector.modify(this.opened, selectors.EVENT_READ, this)
                self._send_next(this)
            return
        try:
            data = this.opened.recv(1 << 16)
        except BlockingIOError:
            reason = _reason(this.opened)
            if reason:
                self._end(this, "refused", reason)
            return
        except OSError as error:
            self._failed(this, error.errno or 0)
            return
        if not data:
            self._end(this, "answered" if this.outcome.answers else "refused", "closed")
            return
        this.received += len(data) if this.opened.type == socket.SOCK_STREAM else LENGTH
        self._answered(this)

    def _answered(self, this: _Open) -> None:
        """Count an answer, and send the next message or end."""
        answers = this.received // LENGTH
        if answers == this.outcome.answers:
            return
        this.outcome.answers = answers
        if answers >= self.traffic["packets"]:
            self._end(this, "answered")
        else:
            this.until = time.monotonic() + _TO_ANSWER
            self._send_next(this)

    def _is_connected(self, opened: socket.socket) -> bool:
        try:
            opened.getpeername()
        except OSError:
            return False
        return True

    def _send_next(self, this: _Open) -> None:
        message = Message(self.number, this.number, this.outcome.answers)
        data = message.ping(self.traffic["family"]) if self.traffic["protocol"] == "icmp" else message.data()
        try:
            this.opened.send(data)
        except OSError as error:
            self._failed(this, error.errno or 0, is_first=this.outcome.answers == 0)

    def _failed(self, this: _Open, error: int, *, is_first: bool = False) -> None:
        """Note why a socket failed: an answer that refuses, or a rule of this host."""
        reason = _reason(this.opened)
        if error == errno.EPERM and not reason:
            return  # a rule took the packet on its way out; what it sends instead comes as an answer would
        if not reason and error == errno.ECONNREFUSED and self.traffic["protocol"] == "tcp":
            reason = "tcp-reset"
        if not reason and is_first and error in _NO_WAY:
            where = f"{self.traffic['sender']} to {self.traffic['address']}"
            raise CannotSend(f"there is no way from {where}: {os.strerror(error)}; look at hosts, wires and before")
        if not reason and error in (errno.ECONNRESET, errno.EPIPE):
            reason = "tcp-reset"
        self._end(this, "refused", reason or os.strerror(error))

    def _end(self, this: _Open, verdict: str, reason: str = "") -> None:
        this.outcome.verdict = verdict
        this.outcome.ended = time.monotonic()
        this.outcome.reason = reason if verdict == "refused" else ""
        del self._open[this.number]
        if this.opened in self._selector.get_map():
            self._selector.unregister(this.opened)
        if self.traffic["hold"] and verdict == "answered":
            self._held.append(this.opened)
        else:
            this.opened.close()


def _reason(opened: socket.socket) -> str:
    """How an ICMP error that has come for a socket is called; empty if none has."""
    try:
        _, control, _, _ = opened.recvmsg(1, 512, socket.MSG_ERRQUEUE)
    except OSError:
        return ""
    for level, kind, data in control:
        if (level, kind) in ((socket.IPPROTO_IP, _IP_RECVERR), (socket.IPPROTO_IPV6, _IPV6_RECVERR)):
            _, origin, icmp, code, _, _ = _ERROR.unpack_from(data)
            if origin in _FROM_ICMP:
                named = _ICMP if origin == _FROM_ICMP[0] else _ICMP6
                return named.get((icmp, code), f"icmp type {icmp} code {code}")
    return ""


def _sent_again(opened: socket.socket) -> int:
    """How many packets the kernel has sent again for a connection of TCP."""
    information = opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SENT_AGAIN + 4)
    return int(struct.unpack_from("=I", information, _SENT_AGAIN)[0])
