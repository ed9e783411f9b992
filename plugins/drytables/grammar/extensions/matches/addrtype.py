"""addrtype: the type of a packet's address, as this machine sees it. iptables-extensions(8), addrtype.

Observed beyond it with iptables-legacy 1.8.9: types may be shortened, and the first match in the table wins. What the
kernel refuses was tried on Linux 6.18.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ...checks import needs_one_of, not_in
from ...extension import CheckFailure, Match, Option
from ...rule import Use
from ...values.base import listed
from ...values.word_lists import WordList

_TYPES = WordList(
    "UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST", "BLACKHOLE", "UNREACHABLE", "PROHIBIT", "THROW",
    "NAT", "XRESOLVE", says="addrtype: bad type `{text}'", says_last='addrtype: bad type "{text}"',
)  # fmt: skip

#: What the kernel cannot determine for an IPv6 address.
_NOT_IN_IPV6 = ("BROADCAST", "BLACKHOLE", "PROHIBIT", "THROW", "NAT", "XRESOLVE")


def ipv6_has_the_type(use: Use) -> CheckFailure | None:
    """Some types do not exist for IPv6."""
    for option in ("src-type", "dst-type"):
        missing = [name for name in _NOT_IN_IPV6 if name in use.value(option, ())]
        if use.rule.family == "ipv6" and missing:
            return CheckFailure(
                BAD_VALUE, f"IPv6 has no address type {listed(tuple(missing), 'or')}", option=option, by_kernel=True
            )
    return None


addrtype = Match(
    "addrtype",
    Option(
        "src-type",
        _TYPES,
        negatable=True,
        sentence="the source address is {not }of type {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "dst-type",
        _TYPES,
        negatable=True,
        sentence="the destination address is {not }of type {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "limit-iface-in",
        excludes="limit-iface-out",
        sentence="for the interface that the packet comes in through",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "limit-iface-out", sentence="for the interface that the packet goes out through", negation_ignored_in="..1.4.10"
    ),
    checks=(needs_one_of("src-type", "dst-type", says="addrtype: you must specify --src-type or --dst-type"),),
    table_since="1.4.11",
    kernel=(
        not_in("OUTPUT POSTROUTING", "limit-iface-in", "packets do not come in here"),
        not_in("PREROUTING INPUT", "limit-iface-out", "packets do not go out here"),
        ipv6_has_the_type,
    ),
    looks_at="packet",
    sentence="look at the kind of address: this machine's own, broadcast, multicast and so on",
)
