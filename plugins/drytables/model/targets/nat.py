"""Targets that change addresses and ports. The nat table is asked once for a connection, so they all accept.

A port is kept where no range of ports is asked for: Linux changes it only if another connection has the same addresses
and ports, which `machine` sees. Out of a range of addresses or ports, Linux takes one by a hash that cannot be known.
"""

from __future__ import annotations

from ...grammar.extensions.shared.nat_ranges import Destination, Ports
from ...grammar.rule import Use
from ...grammar.values.addresses import BITS, Name, Network
from ..host import Host
from ..packet import WITH_PORTS, Packet
from .effect import Act, Effect, value

_LOOPBACK = {"ipv4": 0x7F00_0001, "ipv6": 1}


def _translated(packet: Packet, kind: str, **changes: int | None) -> Packet:
    """A packet with changed addresses, and a connection that knows so. Linux counts it as changed if anything is."""
    changed = packet.changed(**changes)
    if packet.translated is None or any(new is None for new in changes.values()):
        return changed.changed(translated=None if packet.translated is None else packet.translated | {kind})
    is_same = all(getattr(packet, name) == new for name, new in changes.items())
    return changed if is_same else changed.changed(translated=packet.translated | {kind})


def _port(packet: Packet, end: str, ports: Ports | None, is_random: bool) -> dict[str, int | None]:
    """The port afterwards; nothing if the packet has none."""
    if packet.protocol is not None and packet.protocol not in WITH_PORTS:
        return {}
    current: int | None = getattr(packet, end)
    if ports is None:
        return {end: None} if is_random else {}
    if ports.base is not None:
        if current is None:
            return {end: None}
        return {end: ports.low + (current - ports.base) % (ports.high - ports.low + 1)}
    if ports.low == ports.high:
        return {end: ports.low}
    return {end: current if end == "source_port" and _is_in(current, ports) and not is_random else None}


def _is_in(port: int | None, ports: Ports) -> bool:
    """A source port that is in the range is kept, if no other connection needs it."""
    return port is not None and ports.low <= port <= ports.high


def _is_random(use: Use) -> bool:
    """Whether the port cannot be known: it is chosen at random, or written as something unknown."""
    is_hole = use.has("to-ports") and value(use, "to-ports") is None
    return is_hole or use.has("random") or use.has("random-fully")


_BY_HASH = "which address of the range Linux chooses by its hash"


def _to(end: str, option: str, kind: str) -> Act:
    """Changes one end to an address, a port or both."""

    def act(use: Use, packet: Packet, host: Host) -> Effect:
        given: Destination | None = value(use, option)
        if given is None:
            changed = _translated(packet, kind, **{end: None})
            return Effect(changed, "accepted", unknown="the address that it sets")
        changes = _port(packet, f"{end}_port", given.ports, _is_random(use))
        if given.low is not None:
            changes[end] = given.low if given.low == given.high else None
        unknown = _BY_HASH if changes.get(end, 0) is None else ""
        return Effect(_translated(packet, kind, **changes), "accepted", unknown=unknown)

    return act


def _masquerade(use: Use, packet: Packet, host: Host) -> Effect:
    address = host.primary(packet.family, packet.out_interface)
    changes = {"source": address, **_port(packet, "source_port", value(use, "to-ports"), _is_random(use))}
    unknown = "" if address is not None else "the address of the interface that it goes out through"
    return Effect(_translated(packet, "SNAT", **changes), "accepted", unknown=unknown)


def _redirect(use: Use, packet: Packet, host: Host) -> Effect:
    """To the address of the interface that it came in through, or of the loopback for the machine's own."""
    is_own = packet.way in ("out", "loopback")
    address = _LOOPBACK[packet.family] if is_own else host.primary(packet.family, packet.in_interface)
    changes = {"destination": address, **_port(packet, "destination_port", value(use, "to-ports"), _is_random(use))}
    changed = _translated(packet, "DNAT", **changes).changed(way="loopback" if is_own else "in", out_interface="")
    if changed.translated is not None:
        changed = changed.changed(translated=changed.translated | {"REDIRECT"})
    unknown = "" if address is not None else "the address of the interface that it comes in through"
    return Effect(changed, "accepted", unknown=unknown)


def _netmap(use: Use, packet: Packet, host: Host) -> Effect:
    """Where packets come in, the destination is mapped; where they go out, the source. iptables-extensions(8)."""
    chain = use.rule.chain
    is_source = chain is not None and chain.text in ("POSTROUTING", "INPUT")
    end, kind = ("source", "SNAT") if is_source else ("destination", "DNAT")
    network: Network | None = value(use, "to")
    current: int | None = getattr(packet, end)
    if network is None or current is None or isinstance(network.address, Name):
        return Effect(_translated(packet, kind, **{end: None}), "accepted", unknown="the address that it maps to")
    every = (1 << BITS[packet.family]) - 1
    mapped = network.address & network.mask | current & ~network.mask & every
    return Effect(_translated(packet, kind, **{end: mapped}), "accepted")


def _prefix(end: str) -> Act:
    """Changes the prefix of an address, of each packet by itself, so that its checksum stays the same. RFC 6296."""

    def act(use: Use, packet: Packet, host: Host) -> Effect:
        return Effect(packet.changed(**{end: None}), unknown="the address that the translation results in")

    return act


_OF_SOURCE = frozenset({"SNAT", "MASQUERADE"})

ACTS: dict[str, Act] = {
    "SNAT": _to("source", "to-source", "SNAT"),
    "DNAT": _to("destination", "to-destination", "DNAT"),
    "MASQUERADE": _masquerade,
    "REDIRECT": _redirect,
    "NETMAP": _netmap,
    "SNPT": _prefix("source"),
    "DNPT": _prefix("destination"),
}


def changes_source(use: Use) -> bool:
    """Whether a use of a target gives every connection another source address."""
    return use.extension.name in _OF_SOURCE
