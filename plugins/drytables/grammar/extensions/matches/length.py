"""length: the size of a packet. iptables-extensions(8), length."""

from ...extension import Match, Option
from ...values.base import uint16_range

length = Match(
    "length",
    Option("length", uint16_range(), required=True, negatable=True, sentence="the packet is {not }{value} bytes long"),
    table_since="1.4.11",
    looks_at="packet",
    sentence="look at the size of the packet, IP header included",
)
