"""icmp6: the type and code of an ICMPv6 message. iptables-extensions(8), icmp6 (IPv6-specific).

The names are those that `ip6tables -p icmpv6 -h` lists, and the mld- ones, which came in 1.8.10 (facts about
iptables).
"""

from __future__ import annotations

from ...extension import Match, Option
from ...values.icmp_types import IcmpType, IcmpTypeValue

#: In the order in which ip6tables names two of them if a prefix is ambiguous.
NAMES = {
    "destination-unreachable": IcmpType(1),
    "no-route": IcmpType(1, 0, 0),
    "communication-prohibited": IcmpType(1, 1, 1),
    "beyond-scope": IcmpType(1, 2, 2),
    "address-unreachable": IcmpType(1, 3, 3),
    "port-unreachable": IcmpType(1, 4, 4),
    "failed-policy": IcmpType(1, 5, 5),
    "reject-route": IcmpType(1, 6, 6),
    "packet-too-big": IcmpType(2),
    "time-exceeded": IcmpType(3),
    "ttl-exceeded": IcmpType(3),
    "ttl-zero-during-transit": IcmpType(3, 0, 0),
    "ttl-zero-during-reassembly": IcmpType(3, 1, 1),
    "parameter-problem": IcmpType(4),
    "bad-header": IcmpType(4, 0, 0),
    "unknown-header-type": IcmpType(4, 1, 1),
    "unknown-option": IcmpType(4, 2, 2),
    "echo-request": IcmpType(128),
    "ping": IcmpType(128),
    "echo-reply": IcmpType(129),
    "pong": IcmpType(129),
    "mld-listener-query": IcmpType(130),
    "mld-listener-report": IcmpType(131),
    "mld-listener-done": IcmpType(132),
    "mld-listener-reduction": IcmpType(132),
    "router-solicitation": IcmpType(133),
    "router-advertisement": IcmpType(134),
    "neighbour-solicitation": IcmpType(135),
    "neighbor-solicitation": IcmpType(135),
    "neighbour-advertisement": IcmpType(136),
    "neighbor-advertisement": IcmpType(136),
    "redirect": IcmpType(137),
}

icmp6 = Match(
    "icmp6",
    Option(
        "icmpv6-type",
        IcmpTypeValue("ICMPv6", NAMES),
        before={"1.8.10": IcmpTypeValue("ICMPv6", NAMES, ranges=False)},
        required=True,
        negatable=True,
        sentence="the message is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        twice_in="..1.3.5",
        nft="{value}",
    ),
    family="ipv6",
    table_since="1.4.11",
    protocols="ipv6-icmp",
    looks_at="packet",
    comes_with="icmpv6",
    sentence="inspect the ICMPv6 header",
)
