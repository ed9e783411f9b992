"""Packets as bytes, and back: of IPv4 and IPv6, with UDP, TCP or ICMP in them."""

from __future__ import annotations

import struct

from drytables.model.packet import Packet

UDP, TCP, ICMP, ICMPV6 = 17, 6, 1, 58
_ACK = 0x10
_TTL, _CONTENT = 64, b"packet"


def checksum(data: bytes) -> int:
    """The checksum of the Internet, RFC 1071."""
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def as_bytes(packet: Packet, identifier: int = 1) -> bytes:
    """The bytes of a packet of which its ends are known; what else is not known is as usual."""
    size = 4 if packet.family == "ipv4" else 16
    assert packet.source is not None and packet.destination is not None and packet.protocol is not None
    source, destination = packet.source.to_bytes(size, "big"), packet.destination.to_bytes(size, "big")
    inner = _inner(packet, identifier)
    at = {UDP: 6, TCP: 16}.get(packet.protocol, 2)
    pseudo = b"" if packet.protocol == ICMP else source + destination + struct.pack("!II", len(inner), packet.protocol)
    inner = inner[:at] + struct.pack("!H", checksum(pseudo + inner) or 0xFFFF) + inner[at + 2 :]
    ttl, tos = packet.ttl if packet.ttl is not None else _TTL, packet.tos or 0
    if packet.family == "ipv6":
        return (
            struct.pack("!IHBB", 6 << 28 | tos << 20, len(inner), packet.protocol, ttl) + source + destination + inner
        )
    head = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(inner), identifier, 0, ttl, packet.protocol, 0)
    head += source + destination
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + inner


def _inner(packet: Packet, identifier: int) -> bytes:
    if packet.protocol == UDP:
        content = _CONTENT.ljust((packet.length or 0) - 28, b".") if packet.family == "ipv4" else _CONTENT
        return struct.pack("!HHHH", packet.source_port, packet.destination_port, 8 + len(content), 0) + content
    if packet.protocol == TCP:
        flags = packet.tcp_flags if packet.tcp_flags is not None else 2
        # What answers a SYN says the number after its own, or it would be of no connection.
        numbers = struct.pack("!HHII", packet.source_port, packet.destination_port, 1000, 1001 if flags & _ACK else 0)
        return numbers + struct.pack("!BBHHH", 5 << 4, flags, 1024, 0, 0)
    return struct.pack("!BBHHH", packet.icmp_type or 0, packet.icmp_code or 0, 0, identifier, 1) + _CONTENT


def ends_in(data: bytes) -> tuple[int, int, int | None, int | None, int, int]:
    """Source, destination, both ports, time to live and Type of Service of the packet that some bytes are."""
    if data[0] >> 4 == 4:
        source, destination = int.from_bytes(data[12:16], "big"), int.from_bytes(data[16:20], "big")
        protocol, ttl, tos, inner = data[9], data[8], data[1], data[(data[0] & 15) * 4 :]
    else:
        source, destination = int.from_bytes(data[8:24], "big"), int.from_bytes(data[24:40], "big")
        protocol, ttl, inner = data[6], data[7], data[40:]
        tos = (data[0] << 4 | data[1] >> 4) & 0xFF
    ports = struct.unpack("!HH", inner[:4]) if protocol in (UDP, TCP) else (None, None)
    return source, destination, ports[0], ports[1], ttl, tos
