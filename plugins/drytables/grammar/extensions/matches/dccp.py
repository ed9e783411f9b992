"""dccp: the header of DCCP. iptables-extensions(8), dccp.

Types are read in any case and empty ones ignored; ports from 0 to 65535 are saved (observed with iptables-legacy
1.8.9).
"""

from __future__ import annotations

from ...extension import Match, Option
from ...values.base import Family, InvalidValue, Value, uint8
from ...values.ports import StrictPortRange, guided_port_range
from ...values.wording import Context, in_a_row

_TYPES = ("REQUEST", "RESPONSE", "DATA", "ACK", "DATAACK", "CLOSEREQ", "CLOSE", "RESET", "SYNC", "SYNCACK", "INVALID")


#: The numbers that stand for no type.
_NFT_INVALID = "10-15"


class PacketTypes(Value):
    """Types of DCCP packets by name, separated by commas."""

    synopsis = "TYPE[,TYPE...]"

    def read(self, text: str, family: Family) -> frozenset[str]:
        at = 0
        for name in text.split(","):
            if name and name.upper() not in _TYPES:
                raise InvalidValue(
                    "not a type of DCCP packet",
                    at=(at, at + len(name)),
                    says=f"Unknown DCCP type `{name}'",
                    choices=_TYPES,
                )
            at += len(name) + 1
        return frozenset(name.upper() for name in text.split(",") if name)

    def write(self, value: frozenset[str], family: Family) -> str:
        return ",".join(name for name in _TYPES if name in value)

    def nft_condition(self, value: frozenset[str], family: Family, negated: bool) -> str:
        names = [_NFT_INVALID if name == "INVALID" else name.lower() for name in _TYPES if name in value]
        if not names:
            return "> 15" if not negated else ""
        return ("!= " if negated else "") + (names[0] if len(names) == 1 else f"{{ {', '.join(names)} }}")

    def say(self, value: frozenset[str], context: Context) -> str:
        return in_a_row([name for name in _TYPES if name in value] or ["none"], "or")


_BEFORE = {"1.4.11": StrictPortRange("dccp")}

dccp = Match(
    "dccp",
    Option(
        "sport",
        guided_port_range,
        before=_BEFORE,
        aliases="source-port",
        said_as="source-port",
        negatable=True,
        sentence="the source port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="dccp sport {value}",
    ),
    Option(
        "dport",
        guided_port_range,
        before=_BEFORE,
        aliases="destination-port",
        said_as="destination-port",
        negatable=True,
        sentence="the destination port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="dccp dport {value}",
    ),
    Option(
        "dccp-types",
        PacketTypes(),
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the packet is {not }of type {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="dccp type {value}",
    ),
    Option(
        "dccp-option",
        uint8(min=1),
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the header {has|does not have} the option {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{|meta l4proto dccp }dccp option {value} {exists|missing}",
    ),
    table_since="1.4.11",
    protocols="dccp",
    looks_at="packet",
    comes_with="dccp",
    sentence="inspect the DCCP header",
    nft_bare="meta l4proto dccp",
)
