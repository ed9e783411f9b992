"""iprange: addresses from one to another. iptables-extensions(8), iprange.

A range that ends before it begins is accepted with a warning and never matches (observed with iptables-legacy 1.8.9).
"""

from ...checks import needs_one_of
from ...extension import Match, Option
from ...values.addresses import address_range, range_of_two

iprange = Match(
    "iprange",
    Option(
        "src-range",
        address_range,
        before={"1.4.6": range_of_two},
        negatable=True,
        twice_in="1.4.1..1.4.10",
        sentence="the source address is {not }{value}",
        nft="{ip} saddr {value}",
    ),
    Option(
        "dst-range",
        address_range,
        before={"1.4.6": range_of_two},
        negatable=True,
        twice_in="1.4.1..1.4.10",
        sentence="the destination address is {not }{value}",
        nft="{ip} daddr {value}",
    ),
    checks=(
        needs_one_of("src-range", "dst-range", says="iprange match: You must specify `--src-range' or `--dst-range'"),
    ),
    table_since="1.4.11",
    looks_at="packet",
    sentence="look for addresses in a range",
)
