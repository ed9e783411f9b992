"""mac: the Ethernet address that a packet came from. iptables-extensions(8), mac.

The kernel refuses it where packets do not come in (observed on Linux 6.18).
"""

from ...extension import Match, Option
from ...values.addresses import mac_address

mac = Match(
    "mac",
    Option(
        "mac-source",
        mac_address,
        required=True,
        negatable=True,
        once_since="1.4.11",
        sentence="the Ethernet address it came from is {not }{value}",
    ),
    table_since="1.4.11",
    hooks="PREROUTING INPUT FORWARD",
    looks_at="packet",
    sentence="inspect the Ethernet header",
)
