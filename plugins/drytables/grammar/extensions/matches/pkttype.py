"""pkttype: to whom the link layer sent a packet. iptables-extensions(8), pkttype.

Observed beyond it with iptables-legacy 1.8.9: `host`, `bcast` and `mcast` are alternative names, in any case.
`otherhost` came in 1.8.9.
"""

from __future__ import annotations

from ...extension import Match, Option
from ...values.base import Family, InvalidValue, Value
from ...values.wording import Context

_TYPES = ("unicast", "broadcast", "multicast", "otherhost")
_IN_WORDS = {
    "unicast": "to this machine alone",
    "broadcast": "to everybody (broadcast)",
    "multicast": "to a group (multicast)",
    "otherhost": "to another machine",
}
_NAMES = {**{name: name for name in _TYPES}, "host": "unicast", "bcast": "broadcast", "mcast": "multicast"}


class PacketType(Value):
    """A type of packet by one of its `names`."""

    synopsis = "|".join(_TYPES)

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def read(self, text: str, family: Family) -> str:
        kind = self.names.get(text.lower())
        if kind is None:
            choices = tuple(name for name in self.names if name in _TYPES)
            raise InvalidValue("not a packet type", says=f"Bad packet type '{text}'", choices=choices)
        return kind

    def nft(self, value: str, family: Family) -> str:
        return "other" if value == "otherhost" else value

    def say(self, value: str, context: Context) -> str:
        return _IN_WORDS[value]

    def say_unknown(self, text: str, context: Context) -> str:
        return f"as {text}"

    def without(self, words: frozenset[str]) -> PacketType:
        return PacketType({name: type for name, type in self.names.items() if name not in words})


pkttype = Match(
    "pkttype",
    Option(
        "pkt-type",
        PacketType(_NAMES),
        before={"1.2.7": PacketType({**_NAMES, "for-us": "unicast"})},
        required=True,
        negatable=True,
        twice_in="..1.4.10",
        sentence="the link layer's frame was {not }sent {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="pkttype {value}",
    ),
    table_since="1.4.11",
    looks_at="packet",
    sentence="look at how the link layer addressed the packet",
)
