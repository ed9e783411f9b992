"""Targets that change the header of a packet apart from its addresses."""

from __future__ import annotations

from ...grammar.rule import Hole, Use
from ..host import Host
from ..packet import Packet
from .effect import Act, Effect, noted, value

_ALL, _CONGESTION = 0xFF, 0x03
_UNKNOWN = "the value that it sets"


def _tos(use: Use, packet: Packet, host: Host) -> Effect:
    """Bits of the field are cleared, then others flipped, whichever option is given. iptables-extensions(8), TOS."""
    name, (setting, *_) = next(iter(use.settings.items()))
    given = setting.value
    if isinstance(given, Hole):
        return Effect(packet.changed(tos=None), unknown=_UNKNOWN)
    if name == "set-tos":
        bits, mask = given
    else:
        bits, mask = {"and-tos": (0, given ^ _ALL), "or-tos": (given, given), "xor-tos": (given, 0)}[name]
    if packet.tos is None:
        return Effect(packet.changed(tos=bits if mask == _ALL else None))
    return Effect(packet.changed(tos=(packet.tos & ~mask & _ALL) ^ bits))


def _dscp(use: Use, packet: Packet, host: Host) -> Effect:
    point = value(use, "set-dscp" if use.has("set-dscp") else "set-dscp-class")
    if point is None:
        return Effect(packet.changed(tos=None), unknown=_UNKNOWN)
    return Effect(packet.changed(tos=None if packet.tos is None else packet.tos & _CONGESTION | point << 2))


def _ecn(use: Use, packet: Packet, host: Host) -> Effect:
    says = "changes the bits for explicit congestion notification"
    if use.has("ecn-ip-ect"):
        bits = value(use, "ecn-ip-ect")
        if packet.tos is None or bits is None:
            return Effect(packet.changed(tos=None), says=says)
        return Effect(packet.changed(tos=packet.tos & ~_CONGESTION | bits), says=says)
    return Effect(packet, says=says)


def _hops(use: Use, packet: Packet, host: Host) -> Effect:
    """It is kept between 0 and 255 (xt_HL)."""
    name, (setting, *_) = next(iter(use.settings.items()))
    given = setting.value
    if isinstance(given, Hole) or (packet.ttl is None and not name.endswith("set")):
        return Effect(packet.changed(ttl=None), unknown=_UNKNOWN if isinstance(given, Hole) else "")
    if name.endswith("set"):
        return Effect(packet.changed(ttl=given))
    change = given if name.endswith("inc") else -given
    return Effect(packet.changed(ttl=min(max((packet.ttl or 0) + change, 0), _ALL)))


ACTS: dict[str, Act] = {
    "TOS": _tos,
    "DSCP": _dscp,
    "ECN": _ecn,
    "TTL": _hops,
    "HL": _hops,
    "CHECKSUM": noted("fills in the checksum"),
    "TCPMSS": noted("changes the segment size that it offers"),
    "TCPOPTSTRIP": noted("takes TCP options out of it"),
}
