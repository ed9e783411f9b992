"""quota: match until a given number of bytes has come. iptables-extensions(8), quota."""

from ...extension import Match, Option
from ...values.base import uint64
from ...values.unchecked import Unchecked

quota = Match(
    "quota",
    Option(
        "quota",
        uint64(),
        before={"1.4.11": Unchecked(bits=64, all_ones=False, bang=False)},
        required=True,
        required_since="1.4.11",
        negatable=True,
        twice_in="..1.4.10",
        sentence="{no more|more} than {value:byte} have come so far",
        nft="quota {|over }{value} bytes",
    ),
    table_since="1.4.11",
    sentence="count bytes down, and match until none are left",
)
