"""ttl: IPv4's time to live. iptables-extensions(8), ttl (IPv4-specific)."""

from ...checks import needs_one_of
from ...extension import Match, Option
from ...values.base import uint8

ttl = Match(
    "ttl",
    Option(
        "ttl-lt",
        uint8(),
        excludes="ttl-eq ttl-gt",
        sentence="the time to live is below {value}",
        nft="{ip} ttl lt {value}",
    ),
    Option(
        "ttl-gt", uint8(), excludes="ttl-eq", sentence="the time to live is above {value}", nft="{ip} ttl gt {value}"
    ),
    Option(
        "ttl-eq",
        uint8(),
        aliases="ttl",
        negatable=True,
        sentence="the time to live is {not }{value}",
        negated_inside_in="..1.2.11 1.4.6..1.4.10",
        nft="{ip} ttl {value}",
    ),
    checks=(
        needs_one_of(
            "ttl-eq", "ttl-lt", "ttl-gt", says="TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt"
        ),
    ),
    family="ipv4",
    table_since="1.4.11",
    looks_at="changeable",
    sentence="look at the time to live",
)
