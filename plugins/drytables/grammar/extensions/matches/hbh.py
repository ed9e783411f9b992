"""hbh: the header of IPv6's hop-by-hop options. iptables-extensions(8), hbh (IPv6-specific)."""

from ...extension import Match, Option
from ...nft import NotInNft
from ...values.header_fields import HeaderLength
from ...values.ipv6_options import HeaderOptions
from ...values.unchecked import Cut

hbh = Match(
    "hbh",
    Option(
        "hbh-len",
        HeaderLength("hbh hdrlength", "exthdr hbh exists", unit=8, less=1),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        sentence="the header is {not }{value:byte} long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{value}",
    ),
    Option(
        "hbh-opts",
        HeaderOptions("hbh", to_padding="PAD0 has not got length"),
        sentence="the header has {value}",
        glued_in="1.4.6..",
        nft=NotInNft(
            "nft does not look at the options in this header", "`exthdr hbh exists`, whichever options it has"
        ),
    ),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the Hop-by-Hop Options header",
    nft_bare="exthdr hbh exists",
)
