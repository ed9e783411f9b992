"""Targets that say how a connection is tracked."""

from __future__ import annotations

from ...grammar.rule import Use
from ..host import Host
from ..packet import UNTRACKED, Packet, tracked
from .effect import Act, Effect


def _notrack(use: Use, packet: Packet, host: Host) -> Effect:
    """Only what a machine sends to itself has a connection when it comes to the raw table, and keeps it (xt_CT)."""
    if not packet.states <= UNTRACKED:
        return Effect(packet, says="does nothing, as its connection is tracked already")
    return Effect(tracked(packet, "UNTRACKED"), says="its connection is not tracked")


def _ct(use: Use, packet: Packet, host: Host) -> Effect:
    if use.has("notrack"):
        return _notrack(use, packet, host)
    zones = any(name.startswith("zone") for name in use.settings)
    return Effect(packet, says="looks its connection up in a zone" if zones else "says how its connection is tracked")


ACTS: dict[str, Act] = {"CT": _ct, "NOTRACK": _notrack}
