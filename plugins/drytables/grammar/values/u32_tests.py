"""The small language of the u32 match: tests of numbers taken from a packet. iptables-extensions(8), u32.

Its messages and how they count characters were observed with iptables-legacy 1.8.9.
"""

from __future__ import annotations

from typing import NamedTuple

from .base import Family, InvalidValue, Value, leading_number
from .unchecked import c_number
from .wording import Context, one_of_these

_MOST = 10
_BLANKS = " \t\n\v\f\r"
_OPERATORS = ("<<", ">>", "&", "@")


#: What an operator does to the bytes that were taken.
_STEPS = {"&": "ANDed with", ">>": "shifted right by", "<<": "shifted left by"}


class Test(NamedTuple):
    """A number to take from the packet, as operators and operands, and the ranges that it may be in."""

    location: tuple[tuple[str, int], ...]
    ranges: tuple[tuple[int, int], ...]


class _Reader:
    """Walks over the text of the tests."""

    def __init__(self, text: str, signed: bool = False) -> None:
        self.text, self.at, self.signed = text, 0, signed

    def tests(self) -> tuple[Test, ...]:
        tests = []
        while True:
            tests.append(Test(self._location(), self._ranges()))
            is_last = self.at >= len(self.text)
            self.at += 0 if is_last else 1
            if len(tests) > _MOST:
                raise self._bad(f"more than {_MOST} tests", 'too many "&&"s')
            if is_last:
                return tuple(tests)
            if self._here() != "&":
                raise self._bad("expected `&&` between tests", "a second '&' was expected")
            self.at += 1

    def _here(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skip_blanks(self) -> None:
        while self._here() and self._here() in _BLANKS:
            self.at += 1

    def _bad(self, reason: str, says: str, at: int | None = None) -> InvalidValue:
        at = self.at if at is None else at
        place = (at, at + 1) if at < len(self.text) else None
        return InvalidValue(reason, at=place, says=f"u32: at char {at}: {says}")

    def _number(self) -> int:
        value, rest = (c_number if self.signed else leading_number)(self.text[self.at :])
        value = value & 0xFFFF_FFFF if value is not None and self.signed and value >= 0 else value
        if value is None or not 0 <= value <= 0xFFFF_FFFF:
            raise self._bad("expected a 32-bit number", "not a number or out of range")
        self.at = len(self.text) - len(rest)
        return value

    def _location(self) -> tuple[tuple[str, int], ...]:
        location: list[tuple[str, int]] = []
        while True:
            self._skip_blanks()
            if not self._here():
                raise InvalidValue("it ends before an `=`", says="u32: abrupt end of input after location specifier")
            if self._here() == "=":
                if not location:
                    raise self._bad("expected a location before the `=`", "location spec missing")
                self.at += 1
                return tuple(location)
            operator = self._operator() if location else ""
            location.append((operator, self._number()))
            if len(location) > _MOST:
                raise self._bad(f"more than {_MOST} numbers", "too many operators")

    def _operator(self) -> str:
        operator = next((each for each in _OPERATORS if self.text.startswith(each, self.at)), "")
        if not operator and self._here() in ("<", ">"):
            here = self._here()
            raise self._bad(f"expected `{here}{here}` for a shift", f"a second '{here}' was expected", self.at + 1)
        if not operator:
            raise self._bad("expected an operator or `=`", "operator expected")
        self.at += len(operator)
        return operator

    def _ranges(self) -> tuple[tuple[int, int], ...]:
        """The values after an `=`; stops after them."""
        ranges: list[tuple[int, int]] = []
        self._skip_blanks()
        if not self._here():
            raise InvalidValue("expected a value after the `=`", says="u32: test ended with no value specified")
        while True:
            low = high = self._number()
            self._skip_blanks()
            if self._here() == ":":
                self.at += 1
                high = self._number()
                self._skip_blanks()
            ranges.append((low, high))
            if len(ranges) > _MOST:
                raise self._bad(f"more than {_MOST} values", 'too many ","s')
            if self._here() in ("", "&"):
                return tuple(ranges)
            if self._here() != ",":
                raise self._bad("expected `,` or `&&`", 'expected "," or "&&"')
            self.at += 1


class U32Tests(Value):
    """`LOCATION = VALUE[,VALUE...] && ...`; `signed` numbers may have a sign, and the lowest 32 bits count."""

    synopsis = "TESTS"

    def __init__(self, signed: bool = False) -> None:
        self.signed = signed

    def read(self, text: str, family: Family) -> tuple[Test, ...]:
        return _Reader(text, self.signed).tests()

    def write(self, value: tuple[Test, ...], family: Family) -> str:
        return '"' + "&&".join(self._test(test) for test in value) + '"'

    @staticmethod
    def _test(test: Test) -> str:
        location = "".join(f"{operator}{number:#x}" for operator, number in test.location)
        ranges = (f"{low:#x}" if low == high else f"{low:#x}:{high:#x}" for low, high in test.ranges)
        return f"{location}={','.join(ranges)}"

    def say(self, value: tuple[Test, ...], context: Context) -> str:
        return "; and ".join(_in_words(test) for test in value)


def _in_words(test: Test) -> str:
    """A test as steps from the beginning of the packet: `the four bytes at offset 12, ANDed with 0xff, are 1`."""
    before, steps = "", [""]
    for operator, number in test.location:
        if operator == "@":
            before += f"{', '.join(steps)}, say how far to move on; there, "
        if operator in ("", "@"):
            steps = [f"the four bytes at offset {number}"]
        else:
            steps.append(f"{_STEPS[operator]} {_written(number) if operator == '&' else number}")
    ranges = one_of_these(
        _written(low) if low == high else f"between {_written(low)} and {_written(high)}" for low, high in test.ranges
    )
    return f"{before}{', '.join(steps)}{',' if len(steps) > 1 else ''} are {ranges}"


def _written(number: int) -> str:
    """A number as people write bits: in hexadecimal, unless that is the same."""
    return str(number) if number < 10 else f"{number:#x}"
