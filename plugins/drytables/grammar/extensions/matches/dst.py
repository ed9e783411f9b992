"""dst: the header of IPv6's destination options. iptables-extensions(8), dst (IPv6-specific)."""

from ...extension import Match, Option
from ...values.base import uint32
from ...values.ipv6_options import HeaderOptions

dst = Match(
    "dst",
    Option("dst-len", uint32(), negatable=True, sentence="the header is {not }{value} bytes long"),
    Option(
        "dst-opts",
        HeaderOptions("dst", to_padding="PAD0 hasn't got length"),
        sentence="the header has these options, as type and length: {value}",
    ),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the Destination Options header",
)
