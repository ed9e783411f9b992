"""hl: IPv6's hop limit. iptables-extensions(8), hl (IPv6-specific)."""

from ...checks import needs_one_of
from ...extension import Match, Option
from ...values.base import uint8
from ...values.unchecked import Unchecked

_BEFORE = {"1.4.11": Unchecked(bits=8, bang=False)}

hl = Match(
    "hl",
    Option(
        "hl-lt",
        uint8(),
        before=_BEFORE,
        excludes="hl-eq hl-gt",
        sentence="the hop limit is below {value}",
        nft="{ip} hoplimit lt {value}",
    ),
    Option(
        "hl-gt",
        uint8(),
        before=_BEFORE,
        excludes="hl-eq",
        sentence="the hop limit is above {value}",
        nft="{ip} hoplimit gt {value}",
    ),
    Option(
        "hl-eq",
        uint8(),
        before=_BEFORE,
        aliases="hl",
        negatable=True,
        sentence="the hop limit is {not }{value}",
        negated_inside_in="..1.4.10",
        nft="{ip} hoplimit {value}",
    ),
    checks=(
        needs_one_of(
            "hl-eq", "hl-lt", "hl-gt", says="HL match: You must specify one of `--hl-eq', `--hl-lt', `--hl-gt'"
        ),
    ),
    family="ipv6",
    table_since="1.4.11",
    last_in="..1.4.10",
    last_says="Can't specify HL option twice",
    looks_at="changeable",
    sentence="look at the hop limit",
)
