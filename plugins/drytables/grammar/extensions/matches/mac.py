"""mac: the Ethernet address that a packet came from. iptables-extensions(8), mac.

The kernel refuses it where packets do not come in (observed on Linux 6.18).
"""

from ...extension import Match, Option
from ...values.addresses import lenient_mac_address, mac_address, paired_mac_address

mac = Match(
    "mac",
    Option(
        "mac-source",
        mac_address,
        before={"1.4.11": paired_mac_address, "1.4.12.1": lenient_mac_address},
        required=True,
        negatable=True,
        twice_in="..1.4.10",
        sentence="the Ethernet address that it came from is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="ether saddr {value}",
    ),
    table_since="1.4.11",
    hooks="PREROUTING INPUT FORWARD",
    looks_at="packet",
    sentence="inspect the Ethernet header",
)
