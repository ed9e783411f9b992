"""addrtype: the type of a packet's address, as this machine sees it. iptables-extensions(8), addrtype.

Observed beyond it with iptables-legacy 1.8.9: types may be shortened, and the first match in the table wins. What the
kernel refuses was tried on Linux 6.18.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ...checks import needs_one_of, not_in
from ...extension import CheckFailure, Match, Option
from ...nft import Unsayable
from ...rule import Use
from ...values.base import listed
from ...values.word_lists import WordList

_IN_WORDS = {
    "UNSPEC": "the unspecified address",
    "UNICAST": "a unicast address",
    "LOCAL": "an address of this machine",
    "BROADCAST": "a broadcast address",
    "ANYCAST": "an anycast address",
    "MULTICAST": "a multicast address",
    "BLACKHOLE": "routed into a blackhole",
    "UNREACHABLE": "routed as unreachable",
    "PROHIBIT": "routed as prohibited",
    "THROW": "thrown out of the routing table",
    "NAT": "of the type NAT",
    "XRESOLVE": "of the type XRESOLVE",
}

_TYPES = WordList(
    "UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST", "BLACKHOLE", "UNREACHABLE", "PROHIBIT", "THROW",
    "NAT", "XRESOLVE", says="addrtype: bad type `{text}'", says_last='addrtype: bad type "{text}"', said=_IN_WORDS,
)  # fmt: skip

#: What nft has no word for.
_NOT_IN_NFT = ("THROW", "NAT", "XRESOLVE")

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


def in_the_fib(use: Use) -> str:
    """What the routing table says of the addresses, as seen from one interface if that is asked for."""
    interface = " . iif" if use.has("limit-iface-in") else " . oif" if use.has("limit-iface-out") else ""
    words = []
    for option, field in (("src-type", "saddr"), ("dst-type", "daddr")):
        if use.has(option):
            types = [name for name in _TYPES.choices if name in use.value(option)]
            if unknown := [name for name in types if name in _NOT_IN_NFT]:
                raise Unsayable(f"nft knows no address type {listed(tuple(unknown), 'or')}")
            names = ", ".join(types).lower()
            condition = names if len(types) == 1 else f"{{ {names} }}"
            words.append(f"fib {field}{interface} type {'!= ' if use.negated(option) else ''}{condition}")
    return " ".join(words)


addrtype = Match(
    "addrtype",
    Option(
        "src-type",
        _TYPES,
        negatable=True,
        sentence="the source address is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "dst-type",
        _TYPES,
        negatable=True,
        sentence="the destination address is {not }{value}",
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
    nft=in_the_fib,
)
