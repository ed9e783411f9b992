"""cpu: which CPU handles the packet. iptables-extensions(8), cpu."""

from ...extension import Match, Option
from ...values.base import uint32
from ...values.unchecked import Signed

cpu = Match(
    "cpu",
    Option(
        "cpu",
        uint32(),
        before={"1.4.11": Signed(0, 0xFFFF_FFFF)},
        required=True,
        negatable=True,
        sentence="the packet is {not }handled by CPU {value}",
        negated_inside_in="..1.4.10",
        twice_in="..1.4.10",
        nft="cpu {value}",
    ),
    table_since="1.4.11",
    sentence="look at which CPU handles the packet",
)
