"""comment: a remark on the rule. iptables-extensions(8), comment.

More than 255 bytes are silently cut off since 1.4.11 (observed with iptables-legacy 1.8.9).
"""

from ...extension import Match, Option
from ...values.base import text

comment = Match(
    "comment",
    Option(
        "comment",
        text(cut_at=255),
        before={"1.4.11": text(max=255, bang=False)},
        required=True,
        twice_in="..1.4.10",
        sentence="a comment for those who read the rules: {value}",
    ),
    table_since="1.4.11",
    looks_at="nothing",
    sentence="carry a comment; every packet matches",
)
