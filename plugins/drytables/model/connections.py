"""The connections of a machine while packets are sent one after another: what connection tracking remembers of each.

From the packets that a connection has seen follow the state of the next one, its mark, and how its addresses are
changed. A connection is kept when its first packet has come through; of one that is dropped nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from .fate import Fate
from .hooks import CHANGES
from .packet import WITH_PORTS, Packet, State, tracked

_ICMP, _TCP, _UDP, _ICMPV6 = 1, 6, 17, 58
#: For how many seconds after its last packet a connection is kept at least, by protocol, unless one of its ends asks
#: for its end. nf_conntrack-sysctl, the shortest of the times.
_SHORTEST_LIFE = {_ICMP: 30, _TCP: 60, _UDP: 30, _ICMPV6: 30}
_SYN, _RST, _ACK, _FIN = 0x02, 0x04, 0x10, 0x01
#: The messages that ask for an answer, by protocol, and the answer to each. nf_conntrack_proto_icmp, _icmpv6.
_ANSWERS = {_ICMP: {8: 0, 13: 14, 15: 16, 17: 18}, _ICMPV6: {128: 129, 139: 140}}


class Ends(NamedTuple):
    """Between what a packet goes: what makes it one of a connection."""

    family: str
    protocol: int
    source: int
    destination: int
    source_port: int | None
    destination_port: int | None

    @property
    def back(self) -> Ends:
        """Those of the packets that go the other way."""
        return self._replace(
            source=self.destination, destination=self.source,
            source_port=self.destination_port, destination_port=self.source_port,
        )  # fmt: skip


@dataclass(slots=True)
class Connection:
    """A connection: the ends of its first packet as it came, and as it left; None if that is not known.

    `seen` is when its last packet came. `may_end`: one of its packets may have asked for its end.
    """

    first: Ends
    left: Ends | None
    mark: int | None
    translated: frozenset[str] | None
    is_answered: bool = False
    seen: Fraction | None = None
    may_end: bool = False


def ends_of(packet: Packet) -> Ends | None:
    """The ends of a packet, if they are all known."""
    if packet.protocol is None or packet.source is None or packet.destination is None:
        return None
    has_ports = packet.protocol in WITH_PORTS
    if has_ports and (packet.source_port is None or packet.destination_port is None):
        return None
    ports = (packet.source_port, packet.destination_port) if has_ports else (None, None)
    return Ends(packet.family, packet.protocol, packet.source, packet.destination, *ports)


@dataclass(slots=True)
class Connections:
    """All connections of a machine; a `Tracker`.

    A packet whose states say which one it is in is believed. One whose ends are not all known is the first of a
    connection of its own, unless its flags or its type say that it is not.
    """

    known: dict[Ends, tuple[Connection, bool]] = field(default_factory=dict)
    _current: tuple[Connection, bool] | None = None
    _time: Fraction | None = None

    def begin(self, time: Fraction | None = None) -> None:
        """Begin with another packet, which comes at a time, in seconds; None if that is not known."""
        self._current = None
        self._time = time

    def track(self, packet: Packet) -> Packet:
        """A packet with what is known of its connection."""
        if packet.state is not None:
            return tracked(packet, packet.state) if packet.is_first is None else packet
        ends = ends_of(packet)
        self._current = self.known.get(ends) if ends is not None and not _asks(packet) else None
        if self._current is None:
            state = _state_of_a_stranger(packet)
            return tracked(packet, state) if state is not None else packet
        connection, is_reply = self._current
        connection.is_answered |= is_reply
        connection.seen = self._time
        connection.may_end |= _may_end(packet)
        state = "ESTABLISHED" if connection.is_answered else "NEW"
        first = connection.first
        return packet.changed(
            states=frozenset({state}), is_first=False, is_reply=is_reply, connection_mark=connection.mark,
            translated=connection.translated, original_source=first.source, original_destination=first.destination,
            original_source_port=first.source_port, original_destination_port=first.destination_port,
        )  # fmt: skip

    def translate(self, packet: Packet, hook: str) -> Packet:
        """A later packet with the end changed that is changed at this hook."""
        if self._current is None:
            return packet
        connection, is_reply = self._current
        to = connection.first.back if is_reply else connection.left
        end = CHANGES[hook]
        changes: dict[str, Any] = {end: None if to is None else getattr(to, end)}
        if packet.protocol in WITH_PORTS:
            changes[f"{end}_port"] = None if to is None else getattr(to, f"{end}_port")
        return packet.changed(**changes)

    def remember(self, packet: Packet, fate: Fate | None) -> None:
        """Remember what became of the packet that was tracked last; None if that is not certain."""
        if self._current is not None:
            # The mark that a rule gives the connection stays, also if the packet is dropped afterwards.
            self._current[0].mark = fate.packet.connection_mark if fate is not None else None
            return
        ends = ends_of(packet)
        if ends is None or fate is None or not fate.packet.is_first or not _has_left(fate):
            return
        left = ends_of(fate.packet)
        connection = Connection(ends, left, fate.packet.connection_mark, fate.packet.translated, seen=self._time)
        self.known[ends] = connection, False
        if left is not None and packet.protocol not in _ANSWERS:
            self.known[left.back] = connection, True

    def is_open(self, first: Ends, time: Fraction) -> bool | None:
        """Whether there is a connection whose first packet came from these ends; None if it may be over by a time."""
        connection, _ = self.known.get(first, (None, False))
        if connection is None or connection.first != first:
            return False
        life = _SHORTEST_LIFE.get(first.protocol, 0)
        is_young = connection.seen is not None and time - connection.seen < life
        return True if is_young and not connection.may_end else None

    def needs_another_port(self, fate: Fate) -> bool:
        """Whether replies to a new connection would be taken for those of another, so that Linux changes a port."""
        left = ends_of(fate.packet)
        return left is not None and left.protocol in WITH_PORTS and left.back in self.known


def _has_left(fate: Fate) -> bool:
    """Whether a packet has passed the last table on its way; what a machine sends to itself does so twice, and its
    connection is kept from the first time on.
    """
    has_come_back = fate.packet.way == "loopback" and bool(fate.packet.in_interface)
    return fate.verdict == "accepted" or has_come_back


def _may_end(packet: Packet) -> bool:
    """Whether a packet of TCP ends its connection, or may do so."""
    return packet.protocol == _TCP and (packet.tcp_flags is None or bool(packet.tcp_flags & (_FIN | _RST)))


def _asks(packet: Packet) -> bool:
    """Whether a packet is a request of ICMP, of which each begins a connection: their identifiers are not looked at."""
    return packet.icmp_type in _ANSWERS.get(packet.protocol or 0, {})


def _state_of_a_stranger(packet: Packet) -> State | None:
    """The state of a packet that belongs to no connection; None if that is not known. nf_conntrack_proto_*."""
    if packet.protocol == _TCP and packet.tcp_flags is not None:
        flags = packet.tcp_flags
        # An ACK may be of a connection that was there before; Linux takes it up, unless it is told not to.
        is_odd = flags & (_RST | _FIN) or (flags & _SYN and flags & _ACK) or not flags & (_SYN | _ACK)
        return "INVALID" if is_odd else "NEW"
    if packet.protocol in _ANSWERS and packet.icmp_type is not None:
        if _asks(packet):
            return "NEW"
        return "INVALID" if packet.icmp_type in _ANSWERS[packet.protocol].values() else None
    return "NEW"
