"""Numbers as iptables read them before it checked them: C's strtoul and atoi, whatever they made of a text.

Observed by running the releases from 1.4.1 to 1.4.21, each on the texts of `tests/cases`.
"""

from __future__ import annotations

import re

from ...diagnostics.codes.command import EMPTY_RANGE
from ...reading.pattern import pattern
from .base import Family, InvalidValue, Unsigned, UnsignedRange, Value

_DECIMAL = pattern(r"[ \t\n\v\f\r]*([+-]?)([0-9]+)", re.ASCII)
_HEXADECIMAL = pattern(r"[ \t\n\v\f\r]*([+-]?)(?:0[xX](?=[0-9a-fA-F]))?([0-9a-fA-F]+)", re.ASCII)
_ANY_BASE = pattern(r"[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)", re.ASCII)
_DIGITS = {10: _DECIMAL, 16: _HEXADECIMAL, 0: _ANY_BASE}

#: More digits than a number of 64 bits has in any base; what is longer is too large, and need not be converted.
_TOO_MANY_DIGITS = 24
_LARGEST = (1 << 64) - 1


def c_number(text: str, base: int = 0) -> tuple[int | None, str]:
    """The number that a text begins with, as C's strtoul reads it, and what follows it; None if it begins with none.

    A minus counts down from 2^64. What does not fit in 64 bits, with or without a minus, is -1.
    """
    match = _DIGITS[base].match(text)
    if not match:
        return None, text
    sign, digits = match.groups()
    rest = text[match.end() :]
    if base == 0:
        base = 16 if digits[:2].lower() == "0x" else 8 if digits[0] == "0" else 10
    digits = digits.lower().removeprefix("0x").lstrip("0") or "0"
    if len(digits) > _TOO_MANY_DIGITS or int(digits, base) > _LARGEST:
        return -1, rest
    size = int(digits, base)
    return -size & _LARGEST if sign == "-" else size, rest


class Unchecked(Value):
    """The number that a text begins with, or 0, cut to its lowest `bits`; what follows it is ignored.

    With `least`, it is read as a number of 32 bits with a sign (atoi), which may not be below that. `all_ones` says
    whether the largest number of 64 bits is taken, which is also what stands for one too large; `bang`, whether a `!`
    alone is.
    """

    synopsis = "N"
    is_lenient = True

    def __init__(
        self, bits: int, base: int = 10, least: int | None = None, all_ones: bool = True, bang: bool = True
    ) -> None:
        self.bits, self.base, self.least, self.all_ones, self.bang = bits, base, least, all_ones, bang

    def read(self, text: str, family: Family) -> int:
        if text == "!" and not self.bang:
            raise InvalidValue("it is taken for a negation")
        value, _ = c_number(text, self.base)
        value = 0 if value is None else value & _LARGEST
        if not self.all_ones and value == _LARGEST:
            raise InvalidValue("a number that is too large")
        if self.least is not None:
            # atoi ends at the largest number of 63 bits, whose lowest 32 bits are -1.
            signed = (value & 0xFFFF_FFFF ^ 0x8000_0000) - 0x8000_0000
            if signed < self.least:
                raise InvalidValue(f"not a number from {self.least} to {(1 << 31) - 1}")
        return value & ((1 << self.bits) - 1)


class Signed(Unsigned):
    """A whole number between `min` and `max`, which may have a sign: `-0` is one."""

    def read(self, text: str, family: Family) -> int:
        value, rest = c_number(text)
        if rest or value is None or not self.min <= value <= self.max:
            raise InvalidValue(f"not a number from {self.min} to {self.max}")
        return value


class Cut(Value):
    """A whole number of 64 bits, which may have a sign, silently cut to its lowest `bits`."""

    synopsis = "N"
    is_lenient = True

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def read(self, text: str, family: Family) -> int:
        return _cut(text, self.bits, 0)


class CutRange(UnsignedRange):
    """`LOW`, or `LOW:HIGH` with an empty side for the end of the span: whole numbers as `Cut` reads them.

    If `most` is given, a number may have no sign and not be above it before it is cut. `reversible` ranges may have
    their ends in either order.
    """

    is_lenient = True

    def __init__(self, bits: int, most: int | None = None, reversible: bool = False) -> None:
        super().__init__((1 << bits) - 1, reversible)
        self.bits, self.most = bits, most

    def read(self, text: str, family: Family) -> tuple[int, int]:
        low_text, colon, high_text = text.partition(":")
        low = self._cut(low_text, 0) if low_text or not colon else 0
        if not colon:
            return low, low
        high = self._cut(high_text, len(low_text) + 1) if high_text else self.max
        if high < low and not self.reversible:
            raise InvalidValue(f"the range ends ({high}) before it begins ({low})", code=EMPTY_RANGE)
        return low, high

    def _cut(self, text: str, at: int) -> int:
        if self.most is not None and ("-" in text or (c_number(text)[0] or 0) > self.most):
            raise InvalidValue(f"not a number from 0 to {self.most}", at=(at, at + len(text)))
        return _cut(text, self.bits, at)


def _cut(text: str, bits: int, at: int) -> int:
    value, rest = c_number(text)
    if value is None or rest or value < 0:
        place = (at, at + len(text)) if text else None
        raise InvalidValue(f"not a number from 0 to {_LARGEST}", at=place)
    return value & ((1 << bits) - 1)


class BothEnds(UnsignedRange):
    """`LOW`, or `LOW:HIGH` of which neither may be empty; `single` accepts no range."""

    def __init__(self, max: int, single: bool = False) -> None:
        super().__init__(max)
        self.single = single

    def read(self, text: str, family: Family) -> tuple[int, int]:
        low, colon, high = text.partition(":")
        if not low or (colon and (self.single or not high)):
            raise InvalidValue("a range is not possible in this release" if self.single else "a number is missing")
        return super().read(text, family)
