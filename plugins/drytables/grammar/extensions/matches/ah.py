"""ah: the Authentication Header of IPsec. iptables-extensions(8), ah (IPv6-specific) and ah (IPv4-specific).

All SPIs, and a length of 0, are not saved (observed with the 1.8.9 binaries) unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.base import uint32, uint32_range

_SPI = Option(
    "ahspi",
    uint32_range(),
    negatable=True,
    default=(0, 0xFFFF_FFFF),
    sentence="the security parameter index is {not }{value}",
)

ah_ipv4 = Match(
    "ah",
    _SPI,
    family="ipv4",
    table_since="1.4.11",
    protocols="ah",
    looks_at="packet",
    sentence="inspect the Authentication Header of IPsec",
)

ah_ipv6 = Match(
    "ah",
    _SPI,
    Option("ahlen", uint32(), negatable=True, default=0, sentence="the header is {not }{value} bytes long"),
    Option("ahres", sentence="the reserved field is zero"),
    family="ipv6",
    table_since="1.4.11",
    looks_at="packet",
    sentence="inspect the Authentication Header of IPsec",
)
