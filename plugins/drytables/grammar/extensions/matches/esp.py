"""esp: the ESP header of IPsec. iptables-extensions(8), esp.

All SPIs are not saved (observed with iptables-legacy 1.8.9) unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.base import uint32_range

esp = Match(
    "esp",
    Option(
        "espspi",
        uint32_range(),
        negatable=True,
        default=(0, 0xFFFF_FFFF),
        sentence="the security parameter index is {not }{value}",
    ),
    table_since="1.4.11",
    protocols="esp",
    looks_at="packet",
    sentence="inspect the ESP header of IPsec",
)
