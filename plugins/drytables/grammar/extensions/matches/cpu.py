"""cpu: which CPU handles the packet. iptables-extensions(8), cpu."""

from ...extension import Match, Option
from ...values.base import uint32

cpu = Match(
    "cpu",
    Option("cpu", uint32(), required=True, negatable=True, sentence="the packet is {not }handled by CPU {value}"),
    table_since="1.4.11",
    sentence="look at which CPU handles the packet",
)
