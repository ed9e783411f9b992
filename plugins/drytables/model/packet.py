"""A packet, as far as it is known. What is not known is None, and is never guessed.

Addresses are integers, as in rules; `written` and `address_of` are the way to and from text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..grammar.values.addresses import ipv4, ipv6, write_address
from ..grammar.values.base import IPV4, Family

#: How a packet goes: to this machine, through it, from it, or from it to itself.
Way = Literal["in", "forward", "out", "loopback"]
#: What connection tracking knows of a packet. iptables-extensions(8), conntrack.
State = Literal["NEW", "ESTABLISHED", "RELATED", "INVALID", "UNTRACKED"]

STATES: tuple[State, ...] = ("NEW", "ESTABLISHED", "RELATED", "INVALID", "UNTRACKED")
#: Those in which a packet has no connection.
UNTRACKED: frozenset[State] = frozenset({"INVALID", "UNTRACKED"})

#: What conntrack calls a connection whose source or destination is changed; and that it goes to this machine instead.
SOURCE_CHANGED, DESTINATION_CHANGED, SENT_HERE = "SNAT", "DNAT", "REDIRECT"

#: The protocols that have ports, by number. /etc/protocols: tcp, udp, dccp, sctp, udplite.
WITH_PORTS = frozenset({6, 17, 33, 132, 136})


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet, and what is known of its connection.

    `in_interface` is empty for a packet that this machine sends, and `out_interface` for one that it receives.
    `tcp_flags` has the bits FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32. `is_later_fragment`: it is a fragment, and not
    the first. `length` includes the IP header; `ttl` is the hop limit of IPv6, and `tos` its traffic class.

    `states` are the states that its connection may be in: all five if nothing is known. `is_first`: it is the first
    packet of its connection, so that the nat table is asked; `is_reply`: it goes in the direction of replies.
    `translated` has `SNAT` and `DNAT` if the connection's addresses are changed so, and `REDIRECT` beside `DNAT` if it
    is sent to this machine. `original_…` is what the first packet of the connection came from and went to before that.
    """

    family: Family = IPV4
    way: Way = "in"
    in_interface: str | None = None
    out_interface: str | None = None
    protocol: int | None = None
    source: int | None = None
    destination: int | None = None
    source_port: int | None = None
    destination_port: int | None = None
    tcp_flags: int | None = None
    icmp_type: int | None = None
    icmp_code: int | None = None
    is_later_fragment: bool | None = None
    length: int | None = None
    ttl: int | None = None
    tos: int | None = None
    mark: int | None = 0
    states: frozenset[State] = field(default=frozenset(STATES))
    is_first: bool | None = None
    is_reply: bool | None = None
    connection_mark: int | None = None
    translated: frozenset[str] | None = None
    original_source: int | None = None
    original_destination: int | None = None
    original_source_port: int | None = None
    original_destination_port: int | None = None
    mac_source: str | None = None
    user: int | None = None
    group: int | None = None

    @property
    def state(self) -> State | None:
        """The state of its connection, if only one is possible."""
        return next(iter(self.states)) if len(self.states) == 1 else None

    def changed(self, **facts: Any) -> Packet:
        """A copy with some facts replaced."""
        return replace(self, **facts)


def tracked(packet: Packet, state: State) -> Packet:
    """A packet whose connection is in a state; of the first packet of a connection more is known than that.

    A new connection has the mark 0, and is what this packet says; nobody has changed its addresses so far.
    """
    if state == "NEW":
        return packet.changed(
            states=frozenset({state}),
            is_first=True,
            is_reply=False,
            connection_mark=0,
            translated=frozenset(),
            original_source=packet.source,
            original_destination=packet.destination,
            original_source_port=packet.source_port,
            original_destination_port=packet.destination_port,
        )
    is_none = state in UNTRACKED
    return packet.changed(states=frozenset({state}), is_first=False if state != "RELATED" else None,
                          connection_mark=None, translated=frozenset() if is_none else None)  # fmt: skip


def before_tracking(packet: Packet) -> Packet:
    """A packet as the raw table sees it: connections are tracked only after that, and until then it has none."""
    return packet if packet.state == "UNTRACKED" else packet.changed(states=frozenset({"INVALID"}))


def tracked_after(changed: Packet, packet: Packet) -> Packet:
    """What the raw table has made of a packet; what was known of its connection stays, unless it is not tracked."""
    return changed if changed.state == "UNTRACKED" else changed.changed(states=packet.states)


def address_of(text: str, family: Family) -> int | None:
    """The address that a text is, or None."""
    return ipv4(text) if family == IPV4 else ipv6(text)


def written(address: int | None, family: Family) -> str:
    """An address as text; `?` if it is not known."""
    return "?" if address is None else write_address(address, family)
