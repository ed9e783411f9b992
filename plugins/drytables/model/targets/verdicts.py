"""Targets that decide: ACCEPT and DROP, REJECT, and those that leave it to a program or to another kernel part."""

from __future__ import annotations

from ...grammar.rule import Use
from ..fate import Verdict
from ..host import Host
from ..packet import Packet
from .effect import Act, Effect, value

#: Those that are not extensions; RETURN is not a verdict. iptables(8), TARGETS.
STANDARD: dict[str, Verdict] = {"ACCEPT": "accepted", "DROP": "dropped", "QUEUE": "queued"}

#: Those that let no packet through.
REFUSING = frozenset({"DROP", "REJECT"})

#: What REJECT answers if nothing else is asked for. iptables-extensions(8), REJECT.
_DEFAULT = {"ipv4": "icmp-port-unreachable", "ipv6": "icmp6-port-unreachable"}
_TCP, _SYN = 6, 0x02


def _reject(use: Use, packet: Packet, host: Host) -> Effect:
    answer = value(use, "reject-with", _DEFAULT[packet.family])
    unknown = "" if answer is not None else "what it answers with"
    return Effect(packet, "rejected", answer or "", unknown=unknown)


def _queue(use: Use, packet: Packet, host: Host) -> Effect:
    return Effect(packet, "queued", unknown="what the program decides that listens to the queue")


def _synproxy(use: Use, packet: Packet, host: Host) -> Effect:
    """The answer to a SYN comes from the proxy; other packets of the handshake are taken by it too."""
    if packet.protocol == _TCP and packet.tcp_flags is not None and packet.tcp_flags & _SYN:
        return Effect(packet, "answered", says="answers the SYN in place of the destination")
    return Effect(packet, "unknown", unknown="whether it completes a handshake that the proxy began")


def _tproxy(use: Use, packet: Packet, host: Host) -> Effect:
    return Effect(packet.changed(mark=None), "unknown", unknown="whether a program listens where it is sent")


ACTS: dict[str, Act] = {
    "REJECT": _reject,
    "NFQUEUE": _queue,
    "SYNPROXY": _synproxy,
    "TPROXY": _tproxy,
}
