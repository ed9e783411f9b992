"""NFLOG: hand packets to a logging program. iptables-extensions(8), NFLOG.

Observed with iptables-legacy 1.8.9: a size is printed even if it is 0, everything else only if it is not.
"""

from ...extension import Option, Target
from ...values.base import Wrapped, uint16, uint32
from ...values.log_prefixes import log_prefix

nflog = Target(
    "NFLOG",
    Option("nflog-prefix", log_prefix(longest=63), sentence="with the prefix {value}"),
    Option(
        "nflog-group",
        uint16(),
        before={"1.4.11": Wrapped(bits=16)},
        default=0,
        sentence="to the programs that listen to group {value}",
    ),
    Option(
        "nflog-range",
        uint32(),
        default=0,
        excludes="nflog-size",
        sentence="intended to be {value} bytes of it; this option has never worked",
    ),
    Option("nflog-size", uint32(), sentence="the first {value} bytes of it"),
    Option("nflog-threshold", uint16(), default=0, sentence="{value} packets at a time"),
    common=True,
    sentence="hand the packet to a logging program, and go on with the next rule",
)
