"""The values of options: each reads a word's text, or says what is wrong with it, and writes it as `-S` prints it.

A value prints as its declaration (`uint32(min=1)`), so a table of options can be read aloud. How numbers are read and
what iptables answers was observed with iptables-legacy 1.8.11.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...diagnostics.code import Code
from ...diagnostics.codes.command import BAD_VALUE, EMPTY_RANGE
from ...reading.need import Need
from ...reading.pattern import pattern
from ..nft import quoted as quoted_in_nft
from .wording import Context, as_typed, quoted, within

#: The two protocol families, `iptables` and `ip6tables`.
Family = str
IPV4: Family = "ipv4"
IPV6: Family = "ipv6"


class InvalidValue(Exception):
    """What is wrong with a text.

    `reason` fits beside the text (`0 is below 1`); `says` are iptables' own words, with `{extension}` and `{option}` in
    place of the names; `at` is the half-open range of the text that is wrong, if it is not all of it; `choices` are the
    words that would have been valid there; `help` says what to write; `code` names the fault.
    """

    def __init__(
        self,
        reason: str,
        *,
        says: str = "",
        at: tuple[int, int] | None = None,
        choices: tuple[str, ...] = (),
        help: str = "",
        code: Code = BAD_VALUE,
    ) -> None:
        super().__init__(reason)
        self.reason, self.says, self.at, self.choices, self.help, self.code = reason, says, at, choices, help, code


class Value:
    """A kind of value; subclasses say how it is read and written."""

    #: What represents it in a synopsis.
    synopsis = "VALUE"
    #: How many words of the command line it consists of (`--tcp-flags MASK SET` has two).
    words = 1
    #: Whether it reads something even in texts that nobody would write for what it reads.
    is_lenient = False

    def read(self, text: str, family: Family) -> Any:
        """The value of a text; raises InvalidValue."""
        raise NotImplementedError

    #: What iptables says when the second of two words is missing.
    missing = ""

    def read_pair(self, first: str, second: str, family: Family) -> Any:
        """The value of two words, for a kind that consists of two; raises InvalidValue."""
        raise NotImplementedError

    def write(self, value: Any, family: Family) -> str:
        """The text that `iptables -S` prints for a value."""
        return str(value)

    def nft(self, value: Any, family: Family) -> str:
        """The text of a value in nft, if it is not the one that `-S` prints."""
        return self.write(value, family)

    def nft_condition(self, value: Any, family: Family, negated: bool) -> str:
        """What nft compares something with, `!= 22` or `& 0xf == 0x1`; empty if everything passes."""
        text = self.nft(value, family)
        return f"!= {text}" if negated else text

    def say(self, value: Any, context: Context) -> str:
        """The value as a person says it, to be put into a sentence."""
        return self.write(value, context.family)

    def say_unknown(self, text: str, context: Context) -> str:
        """A value of which only the text is known, `$PORT`, where `say` would stand."""
        return text or quoted(text)

    def without(self, words: frozenset[str]) -> Value:
        """The same kind of value without some of its words, as in releases before they came."""
        raise NotImplementedError

    def facts(self, value: Any) -> Any:
        """What checks may use if they do not need all of a value: values with equal facts are judged alike."""
        return value

    def needs(self, value: Any) -> list[Need]:
        """What must exist on the reader's machine for the value to mean anything: `user alice`, `ipset blocked`."""
        return []

    def __repr__(self) -> str:
        """The declaration, as it appears in a table."""
        facts = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if value is not None)
        return f"{type(self).__name__}({facts})"


_NUMBER = pattern(r"[ \t\n\v\f\r]*\+?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)")

#: More decimal digits than a number of 64 bits has; Python would take long to convert thousands of them.
_TOO_MANY_DIGITS = 21


def number(text: str) -> int | None:
    """A number as C's strtoull reads it: decimal, 0x hexadecimal or 0 octal, with nothing after it.

    None for anything else, including a minus or a number of far more than 64 bits.
    """
    if _is_plain(text):
        return int(text)
    value, rest = leading_number(text)
    return None if rest else value


def _is_plain(text: str) -> bool:
    """Whether a text is a number in its usual form: decimal digits without leading zeros, in at most 64 bits."""
    return text.isdecimal() and text.isascii() and (text[0] != "0" or text == "0") and len(text) < _TOO_MANY_DIGITS


def leading_number(text: str) -> tuple[int | None, str]:
    """The number that a text begins with, and what follows it; None and the whole text if it begins with none."""
    if _is_plain(text):
        return int(text), ""
    match = _NUMBER.match(text)
    if not match:
        return None, text
    digits, rest = match[1].lower(), text[match.end() :]
    if digits.startswith("0x"):
        return int(digits, 16), rest
    if digits.startswith("0"):
        return int(digits, 8), rest
    return (int(digits) if len(digits) < _TOO_MANY_DIGITS else None), rest


def wrapping_number(text: str) -> int | None:
    """A number of 64 bits as C's strtoull reads it with its sign: a minus counts down from 2^64."""
    unsigned = text.lstrip(" \t\n\v\f\r").removeprefix("-")
    is_negative = len(unsigned) < len(text) and unsigned[:1].isdigit() and "-" in text
    value = number(unsigned if is_negative else text)
    if value is None or value >= 1 << 64:
        return None
    return -value & ((1 << 64) - 1) if is_negative else value


class Unsigned(Value):
    """A whole number between `min` and `max`."""

    synopsis = "N"

    def __init__(self, min: int, max: int) -> None:
        self.min, self.max = min, max

    def read(self, text: str, family: Family) -> int:
        value = number(text)
        if value is None or not self.min <= value <= self.max:
            raise InvalidValue(
                f"not a number from {self.min} to {self.max}",
                says=f'{{extension}}: bad value for option "--{{option}}", or out of range ({self.min}-{self.max}).',
            )
        return value

    def say(self, value: int, context: Context) -> str:
        """The number, in hexadecimal if that is how it was typed."""
        return as_typed(value, context.typed)


def uint8(min: int = 0, max: int = 0xFF) -> Unsigned:
    """An unsigned number of 8 bits."""
    return Unsigned(min, max)


def uint16(min: int = 0, max: int = 0xFFFF) -> Unsigned:
    """An unsigned number of 16 bits."""
    return Unsigned(min, max)


def uint32(min: int = 0, max: int = 0xFFFF_FFFF) -> Unsigned:
    """An unsigned number of 32 bits."""
    return Unsigned(min, max)


def uint64(min: int = 0, max: int = 0xFFFF_FFFF_FFFF_FFFF) -> Unsigned:
    """An unsigned number of 64 bits."""
    return Unsigned(min, max)


class Wrapped(Value):
    """A whole number silently cut to its lowest `bits`; one beyond 64 bits counts as the largest of 64 bits."""

    synopsis = "N"

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def read(self, text: str, family: Family) -> int:
        value = number(text)
        if value is None:
            raise InvalidValue("not a number", says='{extension}: bad value for option "--{option}"')
        return min(value, (1 << 64) - 1) & ((1 << self.bits) - 1)


class Hexadecimal(Unsigned):
    """A whole number up to `max`, written in hexadecimal with at least `digits` digits."""

    def __init__(self, max: int, digits: int = 1) -> None:
        super().__init__(0, max)
        self.digits = digits

    def write(self, value: int, family: Family) -> str:
        return f"{value:#0{self.digits + 2}x}"


class UnsignedRange(Value):
    """`LOW`, or `LOW:HIGH` with an empty side for the end of the span; HIGH may not be below LOW (since 1.8.11).

    An empty text is 0 (observed with iptables-legacy 1.8.11). `reversible` ranges may have their ends in either order.
    """

    synopsis = "N[:N]"

    def __init__(self, max: int, reversible: bool = False) -> None:
        self.max, self.reversible = max, reversible

    def read(self, text: str, family: Family) -> tuple[int, int]:
        low_text, colon, rest = text.partition(":")
        high_text, more, _ = rest.partition(":")
        low = self._end(text, 0, len(low_text)) if low_text else 0
        if not colon:
            return low, low
        start, least = len(low_text) + 1, 0 if self.reversible else low
        high = self._end(text, start, start + len(high_text), least) if high_text else self.max
        if more:
            raise InvalidValue(
                "more than one colon", says='{extension}: Too many components for option "--{option}" (max: 2)'
            )
        return low, high

    def _end(self, text: str, start: int, stop: int, least: int = 0) -> int:
        """One end of the range, read from that part of the text, and not below the one before."""
        value, rest = leading_number(text[start:stop])
        near, span = text[start:], f"{least}-{self.max}"
        says = f'{{extension}}: bad value for option "--{{option}}" near "{near}", or out of range ({span}).'
        if value is None or value > self.max:
            raise InvalidValue(f"not a number from 0 to {self.max}", at=(start, stop), says=says)
        if value < least:
            raise InvalidValue(
                f"the range ends ({value}) before it begins ({least})",
                code=EMPTY_RANGE,
                says=says,
                help=f"write the smaller number first: `{value}:{least}`",
            )
        if rest:
            near = text[stop - len(rest) :]
            says = f'{{extension}}: Argument to "--{{option}}" has unexpected characters near "{near}".'
            raise InvalidValue(f"not a number from 0 to {self.max}", at=(start, stop), says=says)
        return value

    def write(self, value: tuple[int, int], family: Family) -> str:
        return str(value[0]) if value[0] == value[1] else f"{value[0]}:{value[1]}"

    def nft(self, value: tuple[int, int], family: Family) -> str:
        return self.write(value, family).replace(":", "-")

    def nft_condition(self, value: tuple[int, int], family: Family, negated: bool) -> str:
        return "" if value == (0, self.max) and not negated else super().nft_condition(value, family, negated)

    def say(self, value: tuple[int, int], context: Context) -> str:
        """The range, or what is outside of it if it is negated."""
        typed = context.typed.split(":")
        low, high = (as_typed(end, text) for end, text in zip(value, (typed[0], typed[-1]), strict=True))
        if value[0] == value[1]:
            return f"not {low}" if context.negated else low
        return within(low, high, value[0] > 0, value[1] < self.max, context.negated)

    def say_unknown(self, text: str, context: Context) -> str:
        return f"not {text or quoted(text)}" if context.negated else text or quoted(text)


def uint16_range(reversible: bool = False) -> UnsignedRange:
    """One number of 16 bits, or a range of them."""
    return UnsignedRange(0xFFFF, reversible)


def uint32_range() -> UnsignedRange:
    """One number of 32 bits, or a range of them."""
    return UnsignedRange(0xFFFF_FFFF)


class OneOf(Value):
    """One of a few words; `says` is what iptables answers to any other, with the word as `{text}`, and `said` how a
    person calls them.
    """

    def __init__(
        self, *words: str, says: str = "", any_case: bool = False, said: Mapping[str, str] | None = None
    ) -> None:
        self.choices, self.says, self.any_case, self.said = words, says, any_case, said or {}

    @property
    def synopsis(self) -> str:  # type: ignore[override]  # it depends on the words
        """The words, as a synopsis shows a choice."""
        return "|".join(self.choices)

    def read(self, text: str, family: Family) -> str:
        for word in self.choices:
            if word == text or (self.any_case and word.lower() == text.lower()):
                return word
        raise InvalidValue(
            f"expected {listed(self.choices, 'or')}", says=self.says.replace("{text}", text), choices=self.choices
        )

    def without(self, words: frozenset[str]) -> OneOf:
        known = (word for word in self.choices if word not in words)
        return OneOf(*known, says=self.says, any_case=self.any_case, said=self.said)

    def say(self, value: str, context: Context) -> str:
        return self.said.get(value, value)

    def __repr__(self) -> str:
        return f"one_of({', '.join(map(repr, self.choices))})"


def one_of(*words: str, says: str = "", any_case: bool = False, said: Mapping[str, str] | None = None) -> OneOf:
    """One of a few words, in exactly this spelling unless `any_case`."""
    return OneOf(*words, says=says, any_case=any_case, said=said)


class Text(Value):
    """Any text of `min` to `max` bytes; longer ones are refused, or cut silently at `cut_at` bytes. Unless a `!` may be
    the whole of it, that is taken for a negation that is not possible.
    """

    synopsis = "TEXT"

    def __init__(
        self,
        min: int = 0,
        max: int | None = None,
        cut_at: int | None = None,
        quoted: bool = True,
        bang: bool = True,
    ) -> None:
        self.min, self.max, self.cut_at, self.quoted, self.bang = min, max, cut_at, quoted, bang

    def read(self, text: str, family: Family) -> str:
        if text == "!" and not self.bang:
            raise InvalidValue("it is taken for a negation")
        size = len(text.encode(errors="surrogateescape"))
        if size < self.min or (self.max is not None and size > self.max):
            ends = f"of at least {self.min} bytes" if self.max is None else f"of {self.min} to {self.max} bytes"
            raise InvalidValue(f"not a text {ends}: it has {size}")
        if self.cut_at is not None and size > self.cut_at:
            return text.encode(errors="surrogateescape")[: self.cut_at].decode(errors="surrogateescape")
        return text

    def write(self, value: str, family: Family) -> str:
        return quote(value) if self.quoted else value

    def nft(self, value: str, family: Family) -> str:
        return quoted_in_nft(value) if self.quoted else value

    def say(self, value: str, context: Context) -> str:
        """The text as it is if it looks like a name, otherwise between quotation marks, with what was cut off."""
        said = value if _NAME.match(value) else quoted(value)
        is_cut = self.cut_at is not None and len(value) < len(context.typed)
        return f"{said} (the rest does not fit)" if is_cut else said


def text(
    min: int = 0, max: int | None = None, cut_at: int | None = None, quoted: bool = True, bang: bool = True
) -> Text:
    """A text with limits on its length in bytes; `quoted` says whether `-S` quotes it if necessary, and `bang` whether
    it may be a `!` alone.
    """
    return Text(min, max, cut_at, quoted, bang)


_NAME = pattern(r"[\w.:@/-]+\Z")
_UNQUOTED = pattern(r"[A-Za-z0-9_-]+\Z", re.ASCII)
_ESCAPED = pattern(r"([\"\\'])")


def quote(text: str) -> str:
    """A text as `iptables -S` prints it: bare if it contains only letters, digits, `_` and `-`, otherwise in double
    quotes.
    """
    return text if _UNQUOTED.match(text) else '"' + _ESCAPED.sub(r"\\\1", text) + '"'


def listed(words: tuple[str, ...], link: str = "and") -> str:
    """Words as listed in a sentence: `a`, `b` and `c`."""
    ticked = [f"`{word}`" for word in words]
    return ticked[0] if len(ticked) == 1 else f"{', '.join(ticked[:-1])} {link} {ticked[-1]}"
