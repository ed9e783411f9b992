"""dst: the header of IPv6's destination options. iptables-extensions(8), dst (IPv6-specific)."""

from ...extension import Match, Option
from ...values.base import uint32
from ...values.ipv6_options import HeaderOptions
from ...values.unchecked import Cut

dst = Match(
    "dst",
    Option(
        "dst-len",
        uint32(),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        sentence="the header is {not }{value} bytes long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "dst-opts",
        HeaderOptions("dst", to_padding="PAD0 hasn't got length"),
        sentence="the header has these options, as type and length: {value}",
        glued_in="1.4.6..",
    ),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the Destination Options header",
)
