"""connbytes: how much a connection has carried so far. iptables-extensions(8), connbytes.

Observed with iptables-legacy 1.8.11: both ends are saved even if they are equal, but no upper end that is 0 or the
highest number; a negated range is kept as a reversed one, so that the negation of a single number is lost.
"""

from __future__ import annotations

from ...extension import Match, Option
from ...rule import Use
from ...saving import option_words
from ...values.base import OneOf, UnsignedRange

_LAST = 0xFFFF_FFFF_FFFF_FFFF


class Amount(UnsignedRange):
    """`FROM[:TO]`: a single number has no upper end."""

    def read(self, text: str, family: str) -> tuple[int, int]:
        low, high = super().read(text, family)
        return low, high if ":" in text else _LAST


def saved(use: Use) -> list[str]:
    """The amount, without an end that is 0 or the maximum, and the rest."""
    low, high = use.value("connbytes")
    negated = use.negated("connbytes") and low != high
    amount = f"{low}" if high in (0, _LAST) else f"{low}:{high}"
    return [*(["!"] if negated else []), "--connbytes", amount, *option_words(use, "connbytes-mode", "connbytes-dir")]


connbytes = Match(
    "connbytes",
    Option(
        "connbytes",
        Amount(_LAST),
        required=True,
        once_since="1.4.11",
        negatable=True,
        sentence="the connection has {not }carried {value} so far",
    ),
    Option(
        "connbytes-dir",
        OneOf("original", "reply", "both", says="Unknown --connbytes-dir `{text}'"),
        required=True,
        once_since="1.4.11",
        sentence="count what goes in this direction: {value}",
    ),
    Option(
        "connbytes-mode",
        OneOf("packets", "bytes", "avgpkt", says="Unknown --connbytes-mode `{text}'"),
        required=True,
        once_since="1.4.11",
        sentence="count {value} (avgpkt: bytes in an average packet)",
    ),
    table_since="1.4.11",
    saved=saved,
    checks_ranges=True,
    sentence="look at how much the connection has carried so far",
)
