"""icmp: the type and code of an ICMP message. iptables-extensions(8), icmp (IPv4-specific).

The names are those that `iptables -p icmp -h` lists. 1.8.11 reads only type 255 with all codes as `any`.
"""

from __future__ import annotations

from ...extension import Match, Option
from ...values.icmp_types import IcmpType, IcmpTypeValue

ANY = IcmpType(255)

#: In the order in which iptables names two of them if a prefix is ambiguous.
NAMES = {
    "any": ANY,
    "echo-reply": IcmpType(0),
    "pong": IcmpType(0),
    "destination-unreachable": IcmpType(3),
    "network-unreachable": IcmpType(3, 0, 0),
    "host-unreachable": IcmpType(3, 1, 1),
    "protocol-unreachable": IcmpType(3, 2, 2),
    "port-unreachable": IcmpType(3, 3, 3),
    "fragmentation-needed": IcmpType(3, 4, 4),
    "source-route-failed": IcmpType(3, 5, 5),
    "network-unknown": IcmpType(3, 6, 6),
    "host-unknown": IcmpType(3, 7, 7),
    "network-prohibited": IcmpType(3, 9, 9),
    "host-prohibited": IcmpType(3, 10, 10),
    "TOS-network-unreachable": IcmpType(3, 11, 11),
    "TOS-host-unreachable": IcmpType(3, 12, 12),
    "communication-prohibited": IcmpType(3, 13, 13),
    "host-precedence-violation": IcmpType(3, 14, 14),
    "precedence-cutoff": IcmpType(3, 15, 15),
    "source-quench": IcmpType(4),
    "redirect": IcmpType(5),
    "network-redirect": IcmpType(5, 0, 0),
    "host-redirect": IcmpType(5, 1, 1),
    "TOS-network-redirect": IcmpType(5, 2, 2),
    "TOS-host-redirect": IcmpType(5, 3, 3),
    "echo-request": IcmpType(8),
    "ping": IcmpType(8),
    "router-advertisement": IcmpType(9),
    "router-solicitation": IcmpType(10),
    "time-exceeded": IcmpType(11),
    "ttl-exceeded": IcmpType(11),
    "ttl-zero-during-transit": IcmpType(11, 0, 0),
    "ttl-zero-during-reassembly": IcmpType(11, 1, 1),
    "parameter-problem": IcmpType(12),
    "ip-header-bad": IcmpType(12, 0, 0),
    "required-option-missing": IcmpType(12, 1, 1),
    "timestamp-request": IcmpType(13),
    "timestamp-reply": IcmpType(14),
    "address-mask-request": IcmpType(17),
    "address-mask-reply": IcmpType(18),
}

icmp = Match(
    "icmp",
    Option(
        "icmp-type",
        IcmpTypeValue("ICMP", NAMES, ANY),
        before={"1.8.10": IcmpTypeValue("ICMP", NAMES, ANY, ranges=False)},
        required=True,
        required_since="1.4.11",
        negatable=True,
        sentence="the message is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        twice_in="..1.3.5",
        nft="{value}",
    ),
    family="ipv4",
    table_since="1.4.11",
    protocols="icmp",
    looks_at="packet",
    comes_with="icmp",
    sentence="inspect the ICMP header",
    nft_bare="ip protocol icmp",
)
