"""tos: the Type of Service field. iptables-extensions(8), tos."""

from ...extension import Match, Option
from ...nft import NEVER
from ...rule import Use
from ...values.type_of_service import type_of_service, unmasked_type_of_service


def in_the_byte(use: Use) -> str:
    """The byte itself: nft's own names are for parts of it."""
    value, mask = use.value("tos")
    negated = use.negated("tos")
    if value & ~mask:
        return "" if negated else NEVER
    if use.rule.family == "ipv6":
        # It is in the middle of the first two bytes.
        return f"@nh,0,16 & {mask << 4:#06x} {'!=' if negated else '=='} {value << 4:#06x}"
    if mask == 0xFF:
        return f"@nh,8,8 {'!= ' if negated else ''}{value:#04x}"
    return f"@nh,8,8 & {mask:#04x} {'!=' if negated else '=='} {value:#04x}"


tos = Match(
    "tos",
    Option(
        "tos",
        type_of_service,
        before={"1.4.2": unmasked_type_of_service},
        required=True,
        negatable=True,
        sentence="the field is {not }{value}",
    ),
    table_since="1.4.11",
    looks_at="changeable",
    sentence="look at the Type of Service field of the IP header",
    nft=in_the_byte,
)
