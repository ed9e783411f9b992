"""Connection tracking, of which the rules see the state, the mark and the translations of a packet's connection."""

from __future__ import annotations

from typing import Protocol

from .hooks import CHANGES
from .packet import Packet, tracked
from .ruleset import Ruleset


class Tracker(Protocol):
    """Knows connections."""

    def track(self, packet: Packet) -> Packet:
        """A packet that connection tracking has just seen, with what it knows of the connection."""

    def translate(self, packet: Packet, hook: str) -> Packet:
        """A later packet of a connection at a hook, with its addresses changed as was decided for the first one."""


class OnePacket:
    """Knows no more than what the packet itself says, and which addresses the rules may change."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    def track(self, packet: Packet) -> Packet:
        """A packet of a new connection is its first, unless it says otherwise, and one of an old one is not."""
        if packet.is_first is not None:
            return packet
        if packet.state == "NEW":
            return tracked(packet, "NEW")
        return packet if packet.states & {"NEW", "RELATED"} else packet.changed(is_first=False)

    def translate(self, packet: Packet, hook: str) -> Packet:
        """The end that may be changed there is not known, if a rule may have changed it."""
        end = CHANGES[hook]
        # Replies have the translation undone: their destination is what was the source.
        ends = {end} if packet.is_reply is False else {_OTHER[end]} if packet.is_reply else {*_OTHER}
        if not any(self._may_change(packet, hook) for hook, changed in CHANGES.items() if changed in ends):
            return packet
        return packet.changed(**{end: None, f"{end}_port": None})

    def _may_change(self, packet: Packet, hook: str) -> bool:
        chain = self.ruleset.chain(packet.family, "nat", hook)
        return chain is not None and bool(chain.rules or chain.doubt)


_OTHER = {"source": "destination", "destination": "source"}
