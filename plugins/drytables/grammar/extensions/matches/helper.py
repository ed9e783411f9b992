"""helper: the conntrack helper that a connection belongs to. iptables-extensions(8), helper.

Names longer than 29 bytes are silently cut off (observed with iptables-legacy 1.8.9).
"""

from ...extension import Match, Option
from ...values.base import text

helper = Match(
    "helper",
    Option(
        "helper",
        text(cut_at=29),
        required=True,
        negatable=True,
        sentence="the helper {value} {handles|does not handle} the connection",
        negated_inside_in="1.4.5..1.4.10",
        twice_in="..1.2.11",
        nft="ct helper {value}",
    ),
    table_since="1.4.11",
    sentence="look at which conntrack helper expected the connection",
)
