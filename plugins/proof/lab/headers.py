"""The ends of a packet: who sent it to whom, read from its headers."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from typing import NamedTuple

_SYN, _ACK = 2, 16
#: The types of messages that are errors, by their protocol.
_ERRORS = {socket.IPPROTO_ICMP: (3, 4, 5, 11, 12), socket.IPPROTO_ICMPV6: range(128)}


class Header(NamedTuple):
    """Source and destination of a packet with their ports, 0 for none; whether it is the first of TCP; whether it is
    an error, which quotes the packet that it is about.
    """

    ends: tuple[str, int, str, int]
    is_first: bool
    is_error: bool


def header_of(packet: bytes) -> Iterator[Header]:
    """The header of a packet, or nothing for one that is cut short or is neither IPv4 nor IPv6.

    Extension headers of IPv6 are not looked through: what is sent here has none.
    """
    if len(packet) < 40:
        return
    if packet[0] >> 4 == 4:
        length, protocol = (packet[0] & 0xF) * 4, packet[9]
        source, destination = (socket.inet_ntop(socket.AF_INET, packet[at : at + 4]) for at in (12, 16))
    elif packet[0] >> 4 == 6:
        length, protocol = 40, packet[6]
        source, destination = (socket.inet_ntop(socket.AF_INET6, packet[at : at + 16]) for at in (8, 24))
    else:
        return
    has_ports = protocol in (socket.IPPROTO_TCP, socket.IPPROTO_UDP) and len(packet) >= length + 4
    source_port, port = struct.unpack_from("!HH", packet, length) if has_ports else (0, 0)
    is_tcp = protocol == socket.IPPROTO_TCP and len(packet) > length + 13
    flags = packet[length + 13] & (_SYN | _ACK) if is_tcp else 0
    is_error = len(packet) > length and packet[length] in _ERRORS.get(protocol, ())
    yield Header((source, source_port, destination, port), flags == _SYN, is_error)
