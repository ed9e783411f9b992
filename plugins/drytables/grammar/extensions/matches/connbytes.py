"""connbytes: how much a connection has carried so far. iptables-extensions(8), connbytes.

Observed with iptables-legacy 1.8.11: both ends are saved even if they are equal, but no upper end that is 0 or the
highest number; a negated range is kept as a reversed one, so that the negation of a single number is lost.
"""

from __future__ import annotations

from ....diagnostics.codes.command import EMPTY_RANGE
from ...extension import Match, Option
from ...rule import Setting, Use
from ...saving import option_words
from ...values.base import InvalidValue, OneOf, UnsignedRange
from ...values.unchecked import c_number

_DIRECTIONS = {
    "original": "what is sent by the side that opened the connection",
    "reply": "what comes back in reply",
    "both": "both directions",
}
_MODES = {
    "packets": "a number of packets",
    "bytes": "a number of bytes",
    "avgpkt": "the average number of bytes in a packet",
}
_LAST = 0xFFFF_FFFF_FFFF_FFFF


class Amount(UnsignedRange):
    """`FROM[:TO]`: a single number has no upper end."""

    def read(self, text: str, family: str) -> tuple[int, int]:
        low, high = super().read(text, family)
        return low, high if ":" in text else _LAST


class AmountWithColon(Amount):
    """`[FROM]:[TO]`, of which whatever comes after TO is ignored."""

    synopsis = "[FROM]:[TO]"
    is_lenient = True

    def read(self, text: str, family: str) -> tuple[int, int]:
        low_text, colon, high_text = text.partition(":")
        if not colon:
            raise InvalidValue("there is no colon", says=f'Bad range "{text}"')
        low, rest = c_number(low_text, 10)
        if rest:
            raise InvalidValue("no number before the colon", says=f'Bad range "{text}"')
        low = (low or 0) & _LAST
        high = (c_number(high_text, 10)[0] or 0) & _LAST if high_text else _LAST
        if low > high:
            raise InvalidValue(f"the range ends ({high}) before it begins ({low})", code=EMPTY_RANGE)
        return low, high


def saved(use: Use) -> list[str]:
    """The amount, without an end that is 0 or the maximum, and the rest."""
    low, high = use.value("connbytes")
    negated = use.negated("connbytes") and low != high
    amount = f"{low}" if high in (0, _LAST) else f"{low}:{high}"
    return [*(["!"] if negated else []), "--connbytes", amount, *option_words(use, "connbytes-mode", "connbytes-dir")]


def in_the_connection(use: Use) -> str:
    """What the connection has carried, in one direction or both."""
    low, high = use.value("connbytes")
    way, negated = use.value("connbytes-dir"), use.negated("connbytes")
    if low == high:
        condition = f"{'!= ' if negated else ''}{low}"
    elif high == _LAST:
        condition = f"{'lt' if negated else 'ge'} {low}"
    else:
        condition = f"{'!= ' if negated else ''}{low}-{high}"
    return f"ct {'' if way == 'both' else f'{way} '}{use.value('connbytes-mode')} {condition}"


#: What is counted, by mode, and what is said before and after it.
_COUNTED = {"packets": "packets", "bytes": "bytes", "avgpkt": "bytes"}


def carried(use: Use, setting: Setting) -> str:
    """How much the connection has carried, in what its mode counts; a single number cannot be negated."""
    mode = use.told("connbytes-mode")
    unit = f" {_COUNTED[mode]}" if mode else ""
    start, end = (
        ("an average packet of the connection has", "")
        if mode == "avgpkt"
        else ("the connection has carried", " so far")
    )
    if setting.told is None:
        return f"{start} {{|not }}{{value}}{unit}{end}"
    low, high = setting.told
    if low == high:
        amount = f"exactly {low}{unit}"
    elif low == 0 and high == _LAST:
        amount = f"{'no' if setting.negated else 'any'} number of{unit or ' anything'}"
    elif high in (0, _LAST):
        amount = f"fewer than {low}{unit}" if setting.negated else f"{low}{unit} or more"
    elif low == 0:
        amount = f"more than {high}{unit}" if setting.negated else f"{high}{unit} or fewer"
    else:
        amount = f"fewer than {low} or more than {high}{unit}" if setting.negated else f"between {low} and {high}{unit}"
    return f"{start} {amount}{end}"


connbytes = Match(
    "connbytes",
    Option(
        "connbytes",
        Amount(_LAST),
        before={"1.4.11": AmountWithColon(_LAST), "1.4.12.2": Amount(_LAST, reversible=True)},
        required=True,
        twice_in="..1.4.10",
        negatable=True,
        sentence=carried,
        glued_in="1.4.6..",
    ),
    Option(
        "connbytes-dir",
        OneOf("original", "reply", "both", says="Unknown --connbytes-dir `{text}'", said=_DIRECTIONS),
        required=True,
        twice_in="..1.4.10",
        sentence="count {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "connbytes-mode",
        OneOf("packets", "bytes", "avgpkt", says="Unknown --connbytes-mode `{text}'", said=_MODES),
        required=True,
        twice_in="..1.4.10",
        sentence="the amount is {value}",
        negation_ignored_in="..1.4.10",
    ),
    table_since="1.4.11",
    saved=saved,
    checks_ranges=True,
    sentence="look at how much the connection has carried so far",
    nft=in_the_connection,
)
