"""Times of day, dates and days as the time match accepts them (observed with iptables-legacy 1.8.9)."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Callable
from time import gmtime, strftime

from ...reading.pattern import pattern
from .base import Family, InvalidValue, Value, wrapping_number
from .wording import Context, in_a_row, runs

_DIGITS = pattern(r"[ \t\n\v\f\r]*([+-]?)0*(\d*)", re.ASCII)
_U64 = 1 << 64

#: The last second that fits into 31 bits: 2038-01-19T03:14:07.
LAST_SECOND = 0x7FFF_FFFF

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ENDINGS = {**dict.fromkeys((1, 21, 31), "st"), **dict.fromkeys((2, 22), "nd"), **dict.fromkeys((3, 23), "rd")}
ALL_WEEKDAYS, ALL_MONTHDAYS = 0xFE, 0xFFFF_FFFE


def _leading_decimal(text: str) -> tuple[int, str]:
    """What C's strtoul reads in base 10, in 64 bits, and what follows; 0 and the whole text if it has no digit."""
    match = _DIGITS.match(text)
    assert match is not None
    if not text[: match.end()].strip(" \t\n\v\f\r+-"):
        return 0, text
    digits = match[2]
    value = int(digits or "0") if len(digits) < 21 else _U64
    value = _U64 - 1 if value >= _U64 else -value if match[1] == "-" else value
    return value & (_U64 - 1), text[match.end() :]


class TimeOfDay(Value):
    """`hh:mm[:ss]`, in seconds since midnight; an empty part is 0."""

    synopsis = "hh:mm[:ss]"

    def read(self, text: str, family: Family) -> int:
        total, rest = 0, text
        for most, unit in ((23, 3600), (59, 60), (59, 1)):
            value, after = _leading_decimal(rest)
            value &= 0xFFFF_FFFF
            is_last = not after and unit < 3600
            if value > most or not (is_last or (after.startswith(":") and unit > 1)):
                raise InvalidValue(
                    "not a time of day from 00:00 to 23:59:59",
                    says=f'invalid time "{rest}" specified, should be hh:mm[:ss] format and within the boundaries',
                )
            total += value * unit
            if is_last:
                break
            rest = after[1:]
        return total

    def write(self, value: int, family: Family) -> str:
        return f"{value // 3600:02}:{value // 60 % 60:02}:{value % 60:02}"

    def say(self, value: int, context: Context) -> str:
        """Without the seconds, if there are none."""
        return self.write(value, context.family).removesuffix(":00")


class Date(Value):
    """`YYYY[-MM[-DD[Thh[:mm[:ss]]]]]`, in seconds since 1970; a month or day of 0 is the one before the first."""

    synopsis = "YYYY[-MM[-DD[Thh[:mm[:ss]]]]]"
    _parts = ((1970, 2038, "-"), (0, 12, "-"), (0, 31, "T"), (0, 23, ":"), (0, 59, ":"), (0, 59, ""))

    def read(self, text: str, family: Family) -> int:
        fields, rest = [], text
        for least, most, separator in self._parts:
            value, after = _leading_decimal(rest)
            value &= 0xFFFF_FFFF
            if not least <= value <= most or (after and (after[0] != separator or not separator)):
                raise InvalidValue(
                    "not a date from 1970 to 2038, such as 2012-03-31T23:59:00",
                    says=f'Invalid date "{text}" specified. Should be YYYY[-MM[-DD[Thh[:mm[:ss]]]]]',
                    help="put a `T` between the date and the time" if " " in after[:1] else "",
                )
            fields.append(value)
            rest = after[1:]
            if not after:
                break
        year, month, day, hour, minute, second = fields + [1, 1, 0, 0, 0][len(fields) - 1 :]
        seconds = timegm(
            (year, month, day, hour, minute, second) if month else (year - 1, 12, day, hour, minute, second)
        )
        if seconds < 0:
            raise InvalidValue("a date before 1970", says="mktime returned an error")
        return seconds

    def write(self, value: int, family: Family) -> str:
        return strftime("%Y-%m-%dT%H:%M:%S", gmtime(value))

    def say(self, value: int, context: Context) -> str:
        """What was typed, down to where that ends: a day alone is its beginning; a day that does not exist is named as
        the day that it amounts to.
        """
        date, has_time, _ = context.typed.partition("T")
        fields = date.split("-")
        year, month, day, *_ = gmtime(value)
        said = f"{year:04}-{month:02}-{day:02}"
        if len(fields) == 3 and has_time:
            said = strftime("%Y-%m-%d %H:%M:%S", gmtime(value)).removesuffix(":00")
        elif len(fields) < 3:
            said = f"the beginning of {str(year) if len(fields) == 1 else f'{_MONTHS[month - 1]} {year}'}"
        else:
            said = f"the beginning of {said}"
        typed = [_leading_decimal(field)[0] for field in fields]
        return said if typed == [year, month, day][: len(typed)] else f"{said}, which {date} comes to"


def _not_read(typed: str, goes_on: Callable[[str], bool]) -> str:
    """What is said if a piece of a list goes on after what iptables reads of it: `Mon-Fri` is Monday."""
    pieces = [piece for piece in typed.split(",") if goes_on(piece)]
    return f" (no more is read of {in_a_row(pieces)})" if pieces else ""


class Weekdays(Value):
    """Days by name or number (1 is Monday), separated by commas, as a set of bits; two letters of a name are enough."""

    synopsis = "DAY[,DAY...]"

    def read(self, text: str, family: Family) -> int:
        days, pieces = 0, text.split(",")
        if not pieces[-1]:
            pieces.pop()
        at = 0
        for piece in pieces:
            value = wrapping_number(piece[:3])  # iptables looks at three characters of each, and skips the rest
            if not piece or value == 0:
                raise InvalidValue(
                    "days are counted from 1, which is Monday",
                    at=(at, at + len(piece)) if piece else None,
                    says="No, the week does NOT begin with Sunday.",
                )
            if value is not None:
                days |= 1 << (value & 31)
            else:
                days |= 1 << self._named(piece, at)
            at += len(piece) + 1
        return days & 0xFF

    @staticmethod
    def _named(piece: str, at: int) -> int:
        number = next((index for index, day in enumerate(WEEKDAYS, 1) if day[:2] == piece[:2]), None)
        if number is None:
            raise InvalidValue(
                "not a day of the week",
                at=(at, at + len(piece)),
                says=f"{piece[:3]} is not a valid day specifier",
                choices=WEEKDAYS,
                help="write the list without spaces" if piece != piece.strip() else "",
            )
        return number

    def write(self, value: int, family: Family) -> str:
        return ",".join(day for index, day in enumerate(WEEKDAYS, 1) if value & 1 << index)

    def say(self, value: int, context: Context) -> str:
        names = [name if value & 1 << index else "" for index, name in enumerate(_DAYS, 1)]
        rest = _not_read(context.typed, lambda piece: "-" in piece[1:])
        return (in_a_row(runs(names)) if any(names) else "no day") + rest


class Monthdays(Value):
    """Days of the month, separated by commas, as a set of bits; 0 is accepted and never matches.

    The first two characters of each are read, as a number of any base (`08` is not a number), and the rest is skipped:
    `15-16` is 15 (observed with iptables-legacy 1.8.9).
    """

    synopsis = "DAY[,DAY...]"

    def read(self, text: str, family: Family) -> int:
        days = at = 0
        for piece in text.split(","):
            value = wrapping_number(piece[:2]) if piece else None
            if piece and (value is None or value > 31):
                raise InvalidValue(
                    "not a day of the month",
                    at=(at, at + len(piece)),
                    says=f"{piece[:2]} is not a valid day for --monthdays",
                )
            days |= 1 << value if value is not None else 0
            at += len(piece) + 1
        return days

    def write(self, value: int, family: Family) -> str:
        return ",".join(str(day) for day in range(1, 32) if value & 1 << day)

    def say(self, value: int, context: Context) -> str:
        days = [f"{day}{_ENDINGS.get(day, 'th')}" if value & 1 << day else "" for day in range(1, 32)]
        rest = _not_read(context.typed, lambda piece: len(piece) > 2)
        return (f"the {in_a_row(runs(days))}" if any(days) else "no day") + rest
