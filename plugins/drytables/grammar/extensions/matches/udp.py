"""udp: the ports of UDP. iptables-extensions(8), udp.

Ports from 0 to 65535 are not saved (observed with iptables-legacy 1.8.9), unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.ports import LAST_PORT, StrictPortRange, guided_port_range

_BEFORE = {"1.4.11": StrictPortRange("udp")}

udp = Match(
    "udp",
    Option(
        "sport",
        guided_port_range,
        before=_BEFORE,
        aliases="source-port",
        said_as="source-port",
        negatable=True,
        default=(0, LAST_PORT),
        sentence="the source port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="udp sport {value}",
    ),
    Option(
        "dport",
        guided_port_range,
        before=_BEFORE,
        aliases="destination-port",
        said_as="destination-port",
        negatable=True,
        default=(0, LAST_PORT),
        sentence="the destination port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="udp dport {value}",
    ),
    table_since="1.4.11",
    protocols="udp",
    looks_at="packet",
    comes_with="udp",
    sentence="inspect the UDP header",
    nft_bare="meta l4proto udp",
)
