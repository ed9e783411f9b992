"""frag: IPv6's fragment header. iptables-extensions(8), frag (IPv6-specific).

All identifications are not saved (observed with ip6tables-legacy 1.8.9) unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.base import uint32, uint32_range
from ...values.unchecked import Cut, CutRange

frag = Match(
    "frag",
    Option(
        "fragid",
        uint32_range(),
        before={"1.4.11": CutRange(bits=32, reversible=True)},
        negatable=True,
        default=(0, 0xFFFF_FFFF),
        sentence="the identification is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="frag id {value}",
    ),
    Option(
        "fraglen",
        uint32(),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        sentence="the header is {not }{value:byte} long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="",
    ),
    Option(
        "fragres",
        sentence="the reserved fields are zero",
        negation_ignored_in="..1.4.10",
        nft="frag reserved 0 frag reserved2 0",
    ),
    Option("fragfirst", sentence="it is the first fragment", negation_ignored_in="..1.4.10", nft="frag frag-off 0"),
    Option(
        "fragmore",
        excludes="fraglast",
        sentence="more fragments follow",
        negation_ignored_in="..1.4.10",
        nft="frag more-fragments 1",
    ),
    Option("fraglast", sentence="it is the last fragment", negation_ignored_in="..1.4.10", nft="frag more-fragments 0"),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the fragment header",
    nft_bare="exthdr frag exists",
)
