"""The side that listens: on every port of the experiment, on every host, over TCP and UDP, and to pings.

What arrives is recorded with where it came from and where it arrived. TCP and UDP are answered with what was sent;
pings the kernel answers itself.
"""

from __future__ import annotations

import selectors
import socket
import struct
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .messages import ECHO_REQUEST, LENGTH, PING_LENGTH, message_in

#: A kernel may do without IPv6.
_FAMILIES = (socket.AF_INET, *((socket.AF_INET6,) if Path("/proc/net/if_inet6").exists() else ()))
_IP_PKTINFO, _IPV6_PKTINFO, _IPV6_RECVPKTINFO = 8, 50, 49
_BACKLOG = 4096
_BUFFER = 8 << 20


class Arrival(NamedTuple):
    """A message that arrived: of which traffic, connection and packet, when (of the clock that does not jump), from
    where, and to which address and port.
    """

    traffic: int
    connection: int
    packet: int
    at: float
    source: str
    source_port: int
    address: str
    port: int


class Receiver:
    """The listening sockets of one host, all in one selector."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.arrivals: list[Arrival] = []

    def listen(self, ports: Sequence[int]) -> None:
        """Listen to pings, and to ports over TCP and UDP. Raises OSError."""
        for family in _FAMILIES:
            self._add(_ping_socket(family), self._take_ping)
            for port in ports:
                self._add(_tcp_socket(family, port), self._accept)
                self._add(_udp_socket(family, port), self._take_datagrams)

    def _add(self, opened: socket.socket, take: Callable[[socket.socket], None]) -> None:
        opened.setblocking(False)  # noqa: FBT003
        self.selector.register(opened, selectors.EVENT_READ, take)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:  # no more, or one that has gone by now
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._add(connection, self._take_stream)

    def _take_stream(self, connection: socket.socket) -> None:
        with suppress(BlockingIOError):
            try:
                data = connection.recv(1 << 16)
                source, address = connection.getpeername(), connection.getsockname()
                for at in range(0, len(data) - LENGTH + 1, LENGTH):
                    self._record(data[at : at + LENGTH], source, address[0], address[1])
                if data:
                    connection.send(data)
                    return
            except OSError:
                pass
            self.selector.unregister(connection)
            connection.close()

    def _take_datagrams(self, listening: socket.socket) -> None:
        while True:
            try:
                data, control, _, source = listening.recvmsg(2048, 256)
            except BlockingIOError:
                return
            except OSError:  # an error that an answer brought back
                continue
            address, answering = _destination(control)
            self._record(data, source, address, listening.getsockname()[1])
            with suppress(OSError):  # a rule dropped the answer
                listening.sendmsg([data], answering, 0, source)

    def _take_ping(self, listening: socket.socket) -> None:
        while True:
            try:
                data, control, _, source = listening.recvmsg(2048, 256)
            except BlockingIOError:
                return
            family, address = "ipv6", _destination(control)[0]
            if listening.family == socket.AF_INET:
                family, data = "ipv4", data[(data[0] & 0xF) * 4 :]
            if len(data) >= PING_LENGTH and data[0] == ECHO_REQUEST[family]:
                self._record(data, source, address, 0)

    def _record(self, data: bytes, source: tuple[object, ...], address: str, port: int) -> None:
        message = message_in(data)
        if message is not None:
            self.arrivals.append(
                Arrival(*message, time.monotonic(), str(source[0]), int(str(source[1])), address, port)
            )


def _tcp_socket(family: socket.AddressFamily, port: int) -> socket.socket:
    opened = _bound(socket.socket(family, socket.SOCK_STREAM), port)
    opened.listen(_BACKLOG)
    return opened


def _udp_socket(family: socket.AddressFamily, port: int) -> socket.socket:
    return _bound(_telling_destination(socket.socket(family, socket.SOCK_DGRAM)), port)


def _ping_socket(family: socket.AddressFamily) -> socket.socket:
    protocol = socket.IPPROTO_ICMP if family == socket.AF_INET else socket.IPPROTO_ICMPV6
    return _telling_destination(socket.socket(family, socket.SOCK_RAW, protocol))


def _bound(opened: socket.socket, port: int) -> socket.socket:
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if opened.family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    opened.bind(("::" if opened.family == socket.AF_INET6 else "0.0.0.0", port))
    return opened


def _telling_destination(opened: socket.socket) -> socket.socket:
    """A socket whose messages come with the address that they were sent to."""
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    if opened.family == socket.AF_INET:
        opened.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
    else:
        opened.setsockopt(socket.IPPROTO_IPV6, _IPV6_RECVPKTINFO, 1)
    return opened


_Control = list[tuple[int, int, bytes]]


def _destination(control: _Control) -> tuple[str, _Control]:
    """The address that a message was sent to, and what makes the answer come from there."""
    for level, kind, data in control:
        if (level, kind) == (socket.IPPROTO_IP, _IP_PKTINFO):
            # struct in_pktinfo: the interface, the local address, and the destination in the header
            answering = struct.pack("=I4s4s", 0, data[8:12], bytes(4))
            return socket.inet_ntop(socket.AF_INET, data[8:12]), [(level, kind, answering)]
        if (level, kind) == (socket.IPPROTO_IPV6, _IPV6_PKTINFO):
            answering = data[:16] + struct.pack("=I", 0)
            return socket.inet_ntop(socket.AF_INET6, data[:16]), [(level, kind, answering)]
    return "", []
