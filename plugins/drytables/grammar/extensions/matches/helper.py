"""helper: the conntrack helper that a connection belongs to. iptables-extensions(8), helper.

Names longer than 29 bytes are silently cut off (observed with iptables-legacy 1.8.9).
"""

from ...extension import Match, Option
from ...nft import Said, Unsayable, short
from ...nft_words import option_words
from ...rule import Use
from ...values.base import Family, Text


class HelperName(Text):
    """The name of a helper."""

    def nft(self, value: str, family: Family) -> str:
        if not value:
            raise Unsayable("nft cannot ask for any helper at all", "`ct helper` with its name")
        return short(value, "a helper")


def of_the_connection(use: Use) -> Said:
    """The helper's name; a connection without one is in neither answer of nft."""
    note = "a connection without a helper matches in iptables; in nft it does not"
    return Said(option_words(use, "helper"), notes=(note,) if use.negated("helper") else ())


helper = Match(
    "helper",
    Option(
        "helper",
        HelperName(cut_at=29),
        required=True,
        negatable=True,
        sentence="the helper {value} {handles|does not handle} the connection",
        negated_inside_in="1.4.5..1.4.10",
        twice_in="..1.2.11",
        nft="ct helper {value}",
    ),
    table_since="1.4.11",
    sentence="look at which conntrack helper expected the connection",
    nft=of_the_connection,
)
