"""All targets: what a rule does to a packet that meets it, unless it sends it to a chain."""

from __future__ import annotations

from ...grammar.rule import Use
from ..host import Host
from ..packet import Packet
from . import header, marks, nat, tracking, unseen, verdicts
from .effect import Act, Effect

ACTS: dict[str, Act] = {
    **header.ACTS, **marks.ACTS, **nat.ACTS, **tracking.ACTS, **unseen.ACTS, **verdicts.ACTS,
}  # fmt: skip

#: The targets after which nothing of the packet, nor its way, is otherwise.
_OBSERVING = frozenset({
    *unseen.ACTS, "CHECKSUM", "TCPMSS", "TCPOPTSTRIP",
}) - {"CLUSTERIP", "SET"}  # fmt: skip


def act(use: Use, packet: Packet, host: Host) -> Effect:
    """What a use of a target does."""
    return ACTS[use.extension.name](use, packet, host)


def observes(use: Use) -> bool:
    """Whether nothing of a packet, nor its way, is otherwise after a use of a target."""
    return use.extension.name in _OBSERVING
