"""tcpmss: the largest segment that TCP may send. iptables-extensions(8), tcpmss."""

from __future__ import annotations

from ...extension import Match, Option
from ...nft import Said
from ...nft_words import option_words
from ...rule import Use
from ...values.base import Family, InvalidValue, UnsignedRange, uint16_range


class SizesBefore(UnsignedRange):
    """One size or a range, of which the first must be given."""

    def __init__(self) -> None:
        super().__init__(0xFFFF, reversible=True)

    def read(self, text: str, family: Family) -> tuple[int, int]:
        if not text:
            raise InvalidValue("a size is missing", says="Invalid mss `' specified")
        return super().read(text, family)


class NoNumber(UnsignedRange):
    """What 1.4.3 and 1.4.3.1 accepted: anything but a number, from which they read something else."""

    is_lenient = True

    def __init__(self) -> None:
        super().__init__(0xFFFF, reversible=True)

    def read(self, text: str, family: Family) -> tuple[int, int]:
        for end in filter(None, text.split(":")):
            try:
                super().read(end, family)
            except InvalidValue:
                continue
            raise InvalidValue("a number, which this release refuses", says=f"Invalid mss `{end}' specified")
        return 0, 0


def in_the_option(use: Use) -> Said:
    """The size in the option; a packet without one is in neither answer of nft, if it is asked for a size."""
    if use.value("mss") == (0, 0xFFFF):
        return Said(f"tcp option maxseg {'missing' if use.negated('mss') else 'exists'}")
    note = "a packet without the option matches in iptables; in nft it does not"
    return Said(option_words(use, "mss"), notes=(note,) if use.negated("mss") else ())


tcpmss = Match(
    "tcpmss",
    Option(
        "mss",
        uint16_range(),
        before={
            "1.4.3": SizesBefore(),
            "1.4.3.2": NoNumber(),
            "1.4.11": SizesBefore(),
            "1.6.2": uint16_range(reversible=True),
        },
        required=True,
        negatable=True,
        sentence="the maximum segment size is {value:byte}",
        negated_inside_in="..1.4.10",
        glued_in="1.4.6..",
        nft="tcp option maxseg size {value}",
    ),
    table_since="1.4.11",
    protocols="tcp",
    checks_ranges=True,
    reversed_says="tcpmss: invalid range given",
    sentence="look at the TCP maximum segment size",
    nft=in_the_option,
)
