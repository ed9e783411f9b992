"""devgroup: the group of the network device. iptables-extensions(8), devgroup.

What the kernel refuses was tried on Linux 6.18: the group of an incoming device where packets do not come in by one,
and of an outgoing device where they do not go out by one.
"""

from __future__ import annotations

from ...checks import needs_one_of, not_in
from ...extension import Match, Option
from ...values.named_marks import NamedMark

_GROUP = NamedMark("device group", "default")
_BEFORE = {"1.4.16": NamedMark("device group", "default", lenient=True)}


devgroup = Match(
    "devgroup",
    Option(
        "src-group",
        _GROUP,
        before=_BEFORE,
        negatable=True,
        sentence="the device it came in through is {not }in group {value}",
        nft="iifgroup {value}",
    ),
    Option(
        "dst-group",
        _GROUP,
        before=_BEFORE,
        negatable=True,
        sentence="the device it goes out through is {not }in group {value}",
        nft="oifgroup {value}",
    ),
    checks=(
        needs_one_of(
            "src-group", "dst-group", says="devgroup match: You must specify either '--src-group' or '--dst-group'"
        ),
    ),
    table_since="1.4.11",
    kernel=(
        not_in("OUTPUT POSTROUTING", "src-group", "packets do not come in here"),
        not_in("PREROUTING INPUT", "dst-group", "packets do not go out here"),
    ),
    looks_at="packet",
    sentence="look at the group of the network device",
)
