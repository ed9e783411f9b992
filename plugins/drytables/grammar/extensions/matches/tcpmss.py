"""tcpmss: the largest segment that TCP may send. iptables-extensions(8), tcpmss."""

from ...extension import Match, Option
from ...values.base import uint16_range

tcpmss = Match(
    "tcpmss",
    Option(
        "mss",
        uint16_range(),
        before={"1.6.2": uint16_range(reversible=True)},
        required=True,
        negatable=True,
        sentence="the maximum segment size is {not }{value}",
    ),
    table_since="1.4.11",
    protocols="tcp",
    checks_ranges=True,
    reversed_says="tcpmss: invalid range given",
    sentence="look at the TCP maximum segment size",
)
