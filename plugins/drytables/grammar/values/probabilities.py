"""Numbers between 0 and 1, as C's strtod reads them (observed with iptables-legacy 1.8.9)."""

from __future__ import annotations

import re

from ...reading.pattern import pattern
from .base import Family, InvalidValue, Value
from .wording import Context

_PLAIN = pattern(r"\d*\.?\d+", re.ASCII)


class Fraction(Value):
    """A number between 0 and 1 as C's strtod reads it, kept as the kernel keeps it: in steps of one part in 2^31."""

    synopsis = "P"
    _decimal = pattern(r"[ \t\n\v\f\r]*[+-]?(\d++(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
    _hexadecimal = pattern(
        r"[ \t\n\v\f\r]*[+-]?0[xX]([0-9a-fA-F]++(?:\.[0-9a-fA-F]*)?|\.[0-9a-fA-F]+)([pP][+-]?\d+)?\Z", re.ASCII
    )
    _not_a_number = pattern(r"[ \t\n\v\f\r]*[+-]?nan(\([0-9a-z_]*\))?\Z", re.ASCII | re.IGNORECASE)

    def read(self, text: str, family: Family) -> int:
        if self._not_a_number.match(text):
            return 0  # iptables accepts it: it is neither below 0 nor above 1
        if self._decimal.match(text):
            value = float(text)
        elif self._hexadecimal.match(text):
            value = _from_hexadecimal(text)
        else:
            value = -1.0
        if not 0 <= value <= 1:
            raise InvalidValue(
                "not a number from 0 to 1",
                says='{extension}: bad value for option "--{option}", or out of range (0-1).',
            )
        return round(value * 0x8000_0000)

    def write(self, value: int, family: Family) -> str:
        return f"{value / 0x8000_0000:.11f}"

    def say(self, value: int, context: Context) -> str:
        """The number as it was typed if that is a plain one; `-S` prints what is left of it in the kernel."""
        return context.typed if _PLAIN.fullmatch(context.typed) else f"{value / 0x8000_0000:.6g} ({context.typed})"


def _from_hexadecimal(text: str) -> float:
    try:
        return float.fromhex(text)
    except OverflowError:
        return float("inf")


class LeadingFraction(Fraction):
    """The number that a text begins with, or 0; what follows it is ignored."""

    is_lenient = True
    _beginning = pattern(
        r"[ \t\n\v\f\r]*[+-]?(?:0[xX](?:[0-9a-fA-F]++(?:\.[0-9a-fA-F]*)?|\.[0-9a-fA-F]+)(?:[pP][+-]?\d+)?"
        r"|(?:\d++(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)",
        re.ASCII,
    )

    def read(self, text: str, family: Family) -> int:
        beginning = self._beginning.match(text)
        return super().read(beginning[0] if beginning else "0", family)


fraction = Fraction()
leading_fraction = LeadingFraction()
