"""osf: the operating system that a connection comes from, judging by its first packet. iptables-extensions(8), osf.

The name is saved as it is, cut at 31 bytes (observed with iptables-legacy 1.8.9). What the kernel refuses was tried on
Linux 6.18.
"""

from ...extension import Match, Option
from ...values.base import text, uint32

osf = Match(
    "osf",
    Option(
        "genre", text(cut_at=31, quoted=False), required=True, negatable=True, sentence="the system is {not }{value}"
    ),
    Option("ttl", uint32(max=2), sentence="also check the time to live, at level {value}"),
    Option("log", uint32(max=2), sentence="log what was recognised, at level {value}"),
    family="ipv4",
    table_since="1.4.11",
    protocols="tcp",
    hooks="PREROUTING INPUT FORWARD",
    sentence="guess the sender's operating system from a connection's first packet",
)
