"""quota: match until a given number of bytes has come. iptables-extensions(8), quota."""

from ...extension import Match, Option
from ...nft import Unsayable
from ...values.base import Family, Unsigned
from ...values.unchecked import Unchecked


class Octets(Unsigned):
    """A number of bytes, of which nft counts half as many."""

    def nft(self, value: int, family: Family) -> str:
        if value >> 63:
            raise Unsayable("nft counts no more than 9223372036854775807 bytes", "no quota")
        return str(value)


quota = Match(
    "quota",
    Option(
        "quota",
        Octets(0, (1 << 64) - 1),
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
