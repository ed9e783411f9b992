"""quota: match until a given number of bytes has come. iptables-extensions(8), quota."""

from ...extension import Match, Option
from ...values.base import uint64

quota = Match(
    "quota",
    Option(
        "quota",
        uint64(),
        required=True,
        required_since="1.4.11",
        negatable=True,
        once_since="1.4.11",
        sentence="{no more|more} than {value} bytes have come so far",
    ),
    table_since="1.4.11",
    sentence="count bytes down, and match until none are left",
)
