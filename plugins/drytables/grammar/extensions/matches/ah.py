"""ah: the Authentication Header of IPsec. iptables-extensions(8), ah (IPv6-specific) and ah (IPv4-specific).

All SPIs, and a length of 0, are not saved (observed with the 1.8.9 binaries) unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.base import uint32_range
from ...values.header_fields import HeaderLength
from ...values.unchecked import Cut, CutRange

_SPI = Option(
    "ahspi",
    uint32_range(),
    negatable=True,
    default=(0, 0xFFFF_FFFF),
    sentence="the security parameter index (SPI) is {value}",
    before={"1.4.11": CutRange(bits=32, reversible=True)},
    glued_in="1.4.6..",
    negated_inside_in="..1.4.10",
    nft="ah spi {value}",
)

ah_ipv4 = Match(
    "ah",
    _SPI,
    family="ipv4",
    table_since="1.4.11",
    protocols="ah",
    looks_at="packet",
    sentence="inspect the Authentication Header of IPsec",
    nft_bare="meta l4proto ah",
)

ah_ipv6 = Match(
    "ah",
    _SPI,
    Option(
        "ahlen",
        HeaderLength("ah hdrlength", "meta l4proto ah", unit=4, less=2),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        default=0,
        sentence="the header is {not }{value:byte} long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{value}",
    ),
    Option("ahres", sentence="the reserved field is zero", negation_ignored_in="..1.4.10", nft="ah reserved 0"),
    family="ipv6",
    table_since="1.4.11",
    looks_at="packet",
    sentence="inspect the Authentication Header of IPsec",
    nft_bare="meta l4proto ah",
)
