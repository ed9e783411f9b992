"""length: the size of a packet. iptables-extensions(8), length."""

from ...extension import Match, Option
from ...values.base import uint16_range
from ...values.unchecked import CutRange

length = Match(
    "length",
    Option(
        "length",
        uint16_range(),
        before={"1.4.3": CutRange(bits=16, most=0xFFFF), "1.4.11": CutRange(bits=16, most=0xFFFF_FFFF)},
        required=True,
        negatable=True,
        sentence="the packet is {value:byte} long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="meta length {value}",
    ),
    table_since="1.4.11",
    looks_at="packet",
    sentence="look at the size of the packet, IP header included",
)
