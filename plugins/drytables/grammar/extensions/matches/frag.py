"""frag: IPv6's fragment header. iptables-extensions(8), frag (IPv6-specific).

All identifications are not saved (observed with ip6tables-legacy 1.8.9) unless they are negated (1.8.11).
"""

from ...extension import Match, Option
from ...values.base import uint32, uint32_range

frag = Match(
    "frag",
    Option(
        "fragid",
        uint32_range(),
        negatable=True,
        default=(0, 0xFFFF_FFFF),
        sentence="the identification is {not }{value}",
    ),
    Option("fraglen", uint32(), negatable=True, sentence="the header is {not }{value} bytes long"),
    Option("fragres", sentence="the reserved fields are zero"),
    Option("fragfirst", sentence="it is the first fragment"),
    Option("fragmore", excludes="fraglast", sentence="more fragments follow"),
    Option("fraglast", sentence="it is the last fragment"),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the fragment header",
)
