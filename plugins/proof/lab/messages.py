"""What is sent: sixteen bytes that say to which traffic and connection they belong, and which message they are."""

from __future__ import annotations

import struct
from typing import NamedTuple

_FORM = struct.Struct("!4sIII")
_BEGIN = b"prvd"
LENGTH = _FORM.size

#: The header of a ping, of which the kernel fills in the checksum and the identifier: type, code and four numbers.
_PING = struct.Struct("!BBHHH")
ECHO_REQUEST = {"ipv4": 8, "ipv6": 128}
PING_LENGTH = _PING.size


class Message(NamedTuple):
    """A message: of which traffic and connection of it, counted from 0, and which of its packets."""

    traffic: int
    connection: int
    packet: int = 0

    def data(self) -> bytes:
        """The bytes to send."""
        return _FORM.pack(_BEGIN, self.traffic, self.connection, self.packet)

    def ping(self, family: str) -> bytes:
        """The bytes of an echo request that carries it."""
        return _PING.pack(ECHO_REQUEST[family], 0, 0, 0, self.packet & 0xFFFF) + self.data()


def message_in(data: bytes) -> Message | None:
    """The message that bytes end with, whatever is before it; None if there is none."""
    if len(data) < LENGTH:
        return None
    begin, *numbers = _FORM.unpack(data[-LENGTH:])
    return Message(*numbers) if begin == _BEGIN else None
