"""A packet in words, and which of its fields are unknown."""

from __future__ import annotations

from ..grammar.extensions.matches.tcp import write_flags
from ..grammar.registries import PROTOCOLS
from ..model.condition import FIELDS
from ..model.packet import STATES, WITH_PORTS, Packet, written

#: The fields that are mentioned when unknown: the others rarely matter.
_ASKED_FOR = ("in_interface", "out_interface", "protocol", "source", "destination")
_PORTS = ("source_port", "destination_port")
_TCP = 6
_ICMP = frozenset({1, 58})
_WAYS = {
    "in": "arrives for this machine", "forward": "passes through this machine", "out": "is sent by this machine",
    "loopback": "is sent by this machine to itself",
}  # fmt: skip


def packet_in_words(packet: Packet) -> str:
    """What is known of a packet, in one sentence."""
    words = ["A", protocol_name(packet.protocol) if packet.protocol is not None else _VERSION[packet.family], "packet"]
    for end, preposition in (("source", "from"), ("destination", "to")):
        address, port = getattr(packet, end), getattr(packet, f"{end}_port")
        if address is not None:
            words += [preposition, with_port(packet, end)]
        elif port is not None:
            words += [preposition, f"port {port}"]
    if packet.icmp_type is not None:
        words.append(f"of type {packet.icmp_type}")
    if packet.tcp_flags is not None:
        words.append(f"with {write_flags(packet.tcp_flags)}")
    interfaces = [
        f"{preposition} {name}"
        for name, preposition in ((packet.in_interface, "into"), (packet.out_interface, "out of"))
        if name
    ]
    states = [state for state in STATES if state in packet.states]
    known = [f"in state {' or '.join(states)}"] if len(states) < len(STATES) else []
    known += [f"with mark {packet.mark:#x}"] if packet.mark else []
    words[0] = "An" if words[1].startswith(_VOWELS) else "A"
    return f"{' '.join([*words, *interfaces, *known])}. It {_WAYS[packet.way]}."


#: The letters with whose sounds names of protocols begin that take `an`.
_VOWELS = ("A", "E", "I", "O", "SCTP", "MH")
_VERSION = {"ipv4": "IPv4", "ipv6": "IPv6"}


def protocol_name(number: int) -> str:
    """A protocol's name, or its number."""
    name = next((name for name, value in PROTOCOLS.items() if value == number), "")
    return name.upper() if name else f"protocol {number}"


def with_port(packet: Packet, end: str) -> str:
    """One end of a packet, `source` or `destination`: its address, and its port if it has one that is known."""
    address, port = written(getattr(packet, end), packet.family), getattr(packet, f"{end}_port")
    if port is None:
        return address
    return f"[{address}]:{port}" if packet.family == "ipv6" else f"{address}:{port}"


def not_said(packet: Packet) -> list[str]:
    """The unknown fields of a packet, of those that rules commonly ask for."""
    names = [name for name in _ASKED_FOR if getattr(packet, name) is None]
    if packet.protocol in WITH_PORTS:
        names += [name for name in _PORTS if getattr(packet, name) is None]
    if packet.protocol == _TCP and packet.tcp_flags is None:
        names.append("tcp_flags")
    if packet.protocol in _ICMP and packet.icmp_type is None:
        names.append("icmp")
    return [FIELDS[name] for name in names] + ([FIELDS["state"]] if packet.state is None else [])


def changes_of(before: Packet, after: Packet) -> list[str]:
    """What is otherwise of a packet than before, each as its name and its value."""
    found = []
    for end in ("source", "destination"):
        ends = [(getattr(each, end), getattr(each, f"{end}_port")) for each in (before, after)]
        if ends[0] != ends[1]:
            found.append(f"{end} {with_port(after, end)}")
    for name, label, form in (
        ("mark", "mark", "#x"), ("connection_mark", "mark of the connection", "#x"), ("tos", "Type of Service", "#04x"),
        ("ttl", "time to live", "d"),
    ):  # fmt: skip
        old, new = getattr(before, name), getattr(after, name)
        if old != new and not (name == "connection_mark" and old is None and new == 0):
            found.append(f"{label} {'?' if new is None else format(new, form)}")
    return found
