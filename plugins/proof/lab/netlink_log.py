"""What netfilter logs to a program (NFLOG, and nft's `log group`), read from the kernel: nfnetlink_log.

The numbers are those of linux/netfilter/nfnetlink_log.h.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

_NETLINK_NETFILTER = 12
_SUBSYSTEM_ULOG = 4
_PACKET, _CONFIG = _SUBSYSTEM_ULOG << 8, _SUBSYSTEM_ULOG << 8 | 1
_REQUEST, _ACKNOWLEDGE = 1, 4
_ERROR = 2
_MASK_OF_TYPE = 0x3FFF

_CONFIG_COMMAND, _CONFIG_MODE, _CONFIG_THRESHOLD = 1, 2, 5
_BIND = 1
_COPY_PACKET = 2

_MARK, _PAYLOAD, _PREFIX = 2, 9, 10

#: Room for all that arrives while someone else has the processor.
_BUFFER = 8 << 20
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")


class Logged(NamedTuple):
    """A packet that was logged: to which group, with which prefix and mark, and its bytes from the IP header on."""

    group: int
    prefix: str
    mark: int
    packet: bytes


def open_log(groups: Iterable[int]) -> socket.socket:
    """A socket that receives what is logged to some groups, each packet at once. Raises OSError."""
    opened = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_NETFILTER)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    with suppress(PermissionError):  # who is root in a namespace of users only gets as much as everybody
        opened.setsockopt(socket.SOL_SOCKET, 33, _BUFFER)  # SO_RCVBUFFORCE, which has no name in the library
    opened.bind((0, 0))
    for group in groups:
        _configure(opened, group, _attribute(_CONFIG_COMMAND, struct.pack("=B", _BIND)))
        _configure(opened, group, _attribute(_CONFIG_MODE, struct.pack("!IBx", 0xFFFF, _COPY_PACKET)))
        _configure(opened, group, _attribute(_CONFIG_THRESHOLD, struct.pack("!I", 1)))
    opened.setblocking(False)  # noqa: FBT003
    return opened


def read_log(opened: socket.socket) -> Iterator[Logged]:
    """All that has been logged by now. Raises OSError (ENOBUFS) if something was lost."""
    while True:
        try:
            data = opened.recv(1 << 17)
        except BlockingIOError:
            return
        yield from _packets(data)


def _configure(opened: socket.socket, group: int, attribute: bytes) -> None:
    body = struct.pack("!BBH", socket.AF_UNSPEC, 0, group) + attribute
    opened.send(_HEADER.pack(_HEADER.size + len(body), _CONFIG, _REQUEST | _ACKNOWLEDGE, 0, 0) + body)
    answer = opened.recv(1 << 16)
    _, kind, _, _, _ = _HEADER.unpack_from(answer)
    (error,) = struct.unpack_from("=i", answer, _HEADER.size) if kind == _ERROR else (0,)
    if error:
        raise OSError(-error, f"the kernel does not log to group {group}")


def _packets(data: bytes) -> Iterator[Logged]:
    at = 0
    while at + _HEADER.size <= len(data):
        length, kind, *_ = _HEADER.unpack_from(data, at)
        if kind == _PACKET and length > _HEADER.size + 4:
            (group,) = struct.unpack_from("!H", data, at + _HEADER.size + 2)
            yield _logged(group, dict(_attributes(data[at + _HEADER.size + 4 : at + length])))
        at += max(_HEADER.size, length + 3 & ~3)


def _logged(group: int, found: Mapping[int, bytes]) -> Logged:
    prefix = found.get(_PREFIX, b"").rstrip(b"\0").decode(errors="replace")
    # A mark of 0 is not said at all.
    return Logged(group, prefix, int.from_bytes(found.get(_MARK, b""), "big"), found[_PAYLOAD])


def _attribute(kind: int, value: bytes) -> bytes:
    padding = -len(value) % 4
    return _ATTRIBUTE.pack(_ATTRIBUTE.size + len(value), kind) + value + b"\0" * padding


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, at)
        if length < _ATTRIBUTE.size:
            return
        yield kind & _MASK_OF_TYPE, data[at + _ATTRIBUTE.size : at + length]
        at += length + 3 & ~3
