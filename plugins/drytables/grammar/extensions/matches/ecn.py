"""ecn: explicit congestion notification. iptables-extensions(8), ecn.

The kernel requires `-p tcp` for the TCP bits (tried on Linux 6.18).
"""

from __future__ import annotations

from ....diagnostics.codes.command import NEEDS_PROTOCOL
from ...checks import needs_something
from ...extension import CheckFailure, Match, Option
from ...registries import PROTOCOLS
from ...rule import Use
from ...values.ecn_bits import ecn_bits
from ...values.unchecked import Signed


def tcp_bits_need_tcp(use: Use) -> CheckFailure | None:
    """ECE and CWR are bits of the TCP header."""
    option = next((name for name in ("ecn-tcp-ece", "ecn-tcp-cwr") if use.has(name)), None)
    if option is None or use.rule.plain_protocol == PROTOCOLS["tcp"]:
        return None
    return CheckFailure(
        NEEDS_PROTOCOL,
        f"`--{option}` requires `-p tcp` in the rule",
        option=option,
        by_kernel=True,
        help="add `-p tcp` before it",
    )


ecn = Match(
    "ecn",
    Option(
        "ecn-tcp-ece",
        negatable=True,
        sentence="the ECE bit of TCP (congestion seen) is {not }set",
        nft="tcp flags {|! }ecn",
    ),
    Option(
        "ecn-tcp-cwr",
        negatable=True,
        sentence="the CWR bit of TCP (sending slower) is {not }set",
        nft="tcp flags {|! }cwr",
    ),
    Option(
        "ecn-ip-ect",
        ecn_bits,
        before={"1.4.11": Signed(0, 3)},
        negatable=True,
        sentence="the ECN field of IP is {not }{value}",
        negated_inside_in="1.4.6..1.4.10",
        nft="{ip} ecn {value}",
    ),
    checks=(needs_something("ECN match: some option required"),),
    table_since="1.4.11",
    kernel=(tcp_bits_need_tcp,),
    looks_at="changeable",
    sentence="look at explicit congestion notification",
)
