"""TCPMSS: change the largest segment that the ends of a TCP connection agree on. iptables-extensions(8), TCPMSS.

Observed with iptables-legacy and ip6tables-legacy 1.8.9 on Linux 6.18: if both options are given, the last one counts,
and the kernel requires a match that selects packets with SYN set.
"""

from collections.abc import Sequence

from ....diagnostics.codes.command import ALSO_REQUIRES, EXCLUDES, WRONG_CHAIN
from ...builtin import TABLES
from ...checks import needs_one_of
from ...extension import CheckFailure, Option, Target
from ...nft import Said
from ...rule import Use
from ...saving import option_words
from ...values.base import uint16

_SYN = 0x02
#: The largest segment, for both families, before 1.4.11.
_LARGEST_BEFORE = 65495

_KNOWS_THE_ROUTE = ("FORWARD", "OUTPUT", "POSTROUTING")


def only_packets_that_open(use: Use) -> CheckFailure | None:
    """Only packets with SYN carry the segment size: a tcp match must select them."""
    for match in use.rule.matches:
        if match.extension.name != "tcp":
            continue
        if match.has("syn") and not match.negated("syn"):
            return None
        if match.has("tcp-flags") and not match.negated("tcp-flags") and match.value("tcp-flags").set & _SYN:
            return None
    return CheckFailure(
        ALSO_REQUIRES,
        "`TCPMSS` works only on packets that open a TCP connection",
        label="no match selects packets with SYN",
        by_kernel=True,
        help="add `-p tcp --syn` or `-p tcp --tcp-flags SYN,RST SYN` before it",
    )


def the_route_is_known(use: Use) -> CheckFailure | None:
    """The path's MTU is known only where the route is."""
    chain = use.rule.chain
    if not use.has("clamp-mss-to-pmtu") or [*use.settings][-1] != "clamp-mss-to-pmtu" or chain is None:
        return None
    if chain.text in _KNOWS_THE_ROUTE or chain.text not in TABLES.get(use.rule.table, ()):
        return None
    return CheckFailure(
        WRONG_CHAIN,
        f"`--clamp-mss-to-pmtu` cannot be used in `{chain.text}`",
        option="clamp-mss-to-pmtu",
        label="the packet has no route yet",
        by_kernel=True,
        help="use it in `FORWARD`, `OUTPUT` or `POSTROUTING`",
    )


def one_size(use: Use) -> CheckFailure | None:
    """Once, only one of the two could be given."""
    if not (use.has("set-mss") and use.has("clamp-mss-to-pmtu")):
        return None
    first, second = sorted(("set-mss", "clamp-mss-to-pmtu"), key=use.span)
    return CheckFailure(
        EXCLUDES,
        "`--set-mss` and `--clamp-mss-to-pmtu` cannot be used together in this release",
        option=second,
        cause=first,
        says="TCPMSS target: Only one option may be specified",
        until="1.4.10",
    )


def saved(use: Use) -> Sequence[str]:
    """The option that was given last."""
    return option_words(use, [*use.settings][-1])


def in_the_option(use: Use) -> Said:
    """The size, or that of the route; the option given last counts."""
    last = [*use.settings][-1]
    size = use.value(last) if last == "set-mss" else "rt mtu"
    note = "iptables also adds the option to a SYN that has none, which no usual system sends"
    return Said(f"tcp option maxseg size set {size}", notes=(note,))


def _target(family: str, largest: int) -> Target:
    return Target(
        "TCPMSS",
        Option(
            "set-mss",
            uint16(max=largest),
            before={"1.4.11": uint16(max=_LARGEST_BEFORE)},
            sentence="set the largest segment to {value:byte}, where it is larger",
            negation_ignored_in="..1.4.10",
        ),
        Option(
            "clamp-mss-to-pmtu",
            sentence="make segments fit the smallest known MTU of the path",
            negation_ignored_in="..1.4.10",
        ),
        family=family,
        checks=(
            one_size,
            needs_one_of("set-mss", "clamp-mss-to-pmtu", says="TCPMSS target: At least one parameter is required"),
        ),
        protocols="tcp",
        kernel=(only_packets_that_open, the_route_is_known),
        saved=saved,
        common=True,
        sentence="lower the segment size that is agreed on when a TCP connection is opened",
        nft=in_the_option,
    )


#: A segment and the two headers, IP's and TCP's, total at most 65535 bytes.
tcpmss_ipv4 = _target("ipv4", 65515)
tcpmss_ipv6 = _target("ipv6", 65495)
