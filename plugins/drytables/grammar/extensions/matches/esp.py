"""esp: the ESP header of IPsec. iptables-extensions(8), esp.

All SPIs are not saved (observed with iptables-legacy 1.8.9) unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.base import uint32_range
from ...values.unchecked import CutRange

esp = Match(
    "esp",
    Option(
        "espspi",
        uint32_range(),
        before={"1.4.11": CutRange(bits=32)},
        negatable=True,
        default=(0, 0xFFFF_FFFF),
        sentence="the security parameter index (SPI) is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="esp spi {value}",
    ),
    table_since="1.4.11",
    protocols="esp",
    looks_at="packet",
    sentence="inspect the ESP header of IPsec",
    nft_bare="meta l4proto esp",
)
