"""ULOG: hand packets to a logging program, the old way. iptables-extensions(8), ULOG (IPv4-specific).

iptables 1.8.11 still reads it; Linux dropped it in 3.17. What iptables says was observed with iptables-legacy 1.8.9.
"""

from ...checks import gone_from_linux
from ...extension import Option, Target
from ...nft import NotInNft
from ...values.base import uint8, uint64
from ...values.log_prefixes import log_prefix, whole_log_prefix

ulog = Target(
    "ULOG",
    Option(
        "ulog-prefix",
        log_prefix(longest=31),
        before={"1.4.11": whole_log_prefix(longest=31)},
        sentence="put the prefix {value} before it",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "ulog-nlgroup",
        uint8(min=1, max=32),
        sentence="hand it to the programs that listen to group {value}",
        negation_ignored_in="..1.4.10",
    ),
    # 1.4.11 to 1.4.13 had the limits of the two options swapped.
    Option(
        "ulog-cprange",
        uint64(),
        before={"1.4.11": uint64(), "1.4.14": uint64(min=1, max=50)},
        default=0,
        sentence="hand over the first {value:byte} of it",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "ulog-qthreshold",
        uint64(min=1, max=50),
        before={"1.4.11": uint64(min=1, max=50), "1.4.14": uint64()},
        default=1,
        sentence="hand over {value:packet} at a time",
        negation_ignored_in="..1.4.10",
    ),
    family="ipv4",
    kernel=(gone_from_linux("3.17", "`-j NFLOG`", since="1.6.0"),),
    sentence="hand the packet to a logging program, and go on with the next rule",
    nft=NotInNft("Linux has had no such target since 3.17, and nft never had one", "`log group N`, as for `-j NFLOG`"),
)
