"""mark: the mark that a packet carries while this machine handles it. iptables-extensions(8), mark."""

from ...extension import Match, Option
from ...values.marks import mark_mask

mark = Match(
    "mark",
    Option(
        "mark",
        mark_mask,
        required=True,
        negatable=True,
        sentence="the packet's mark {value}",
        nft="mark {value}",
    ),
    table_since="1.4.11",
    looks_at="changeable",
    sentence="look at the packet's mark",
)
