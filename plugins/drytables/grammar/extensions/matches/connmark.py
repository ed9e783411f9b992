"""connmark: the mark that a connection carries. iptables-extensions(8), connmark."""

from ...extension import Match, Option
from ...values.marks import mark_mask

connmark = Match(
    "connmark",
    Option(
        "mark",
        mark_mask,
        required=True,
        negatable=True,
        sentence="the connection's mark {value}",
        nft="ct mark {value}",
    ),
    table_since="1.4.11",
    looks_at="changeable",
    sentence="look at the connection's mark",
)
