"""pkttype: to whom the link layer sent a packet. iptables-extensions(8), pkttype.

Observed beyond it with iptables-legacy 1.8.9: `host`, `bcast` and `mcast` are other names, in any case. `otherhost`
came in 1.8.9.
"""

from __future__ import annotations

from ...extension import Match, Option
from ...values import Bad, Family, Value

_TYPES = ("unicast", "broadcast", "multicast", "otherhost")
_ALIASES = {"host": "unicast", "bcast": "broadcast", "mcast": "multicast"}


class PacketType(Value):
    """A type of packet by its name."""

    synopsis = "|".join(_TYPES)

    def read(self, text: str, family: Family) -> str:
        name = text.lower()
        name = _ALIASES.get(name, name)
        if name not in _TYPES:
            raise Bad("not a type of packet", says=f"Bad packet type '{text}'", choices=_TYPES)
        return name


pkttype = Match(
    "pkttype",
    Option("pkt-type", PacketType(), required=True, negatable=True, sentence="the packet was {not }sent as {value}"),
    strict_since="1.4.11",
    sentence="look at to whom the link layer sent the packet",
)
