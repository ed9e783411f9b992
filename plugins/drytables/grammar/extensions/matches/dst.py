"""dst: the header of IPv6's destination options. iptables-extensions(8), dst (IPv6-specific)."""

from ...extension import Match, Option
from ...nft import NotInNft
from ...values.header_fields import HeaderLength
from ...values.ipv6_options import HeaderOptions
from ...values.unchecked import Cut

dst = Match(
    "dst",
    Option(
        "dst-len",
        HeaderLength("dst hdrlength", "exthdr dst exists", unit=8, less=1),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        sentence="the header is {not }{value:byte} long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{value}",
    ),
    Option(
        "dst-opts",
        HeaderOptions("dst", to_padding="PAD0 hasn't got length"),
        sentence="the header has {value}",
        glued_in="1.4.6..",
        nft=NotInNft(
            "nft does not look at the options in this header", "`exthdr dst exists`, whichever options it has"
        ),
    ),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the Destination Options header",
    nft_bare="exthdr dst exists",
)
