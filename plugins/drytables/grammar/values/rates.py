"""Rates as limit and hashlimit accept them: a number per second, minute, hour or day (observed with iptables 1.8.9)."""

from __future__ import annotations

import re

from ...reading.pattern import pattern
from .base import Family, InvalidValue, Value
from .wording import Context

#: The seconds of each unit, of whose name a prefix is enough. `PRINTED_UNITS` are the names that `-S` prints.
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
PRINTED_UNITS = (("day", 86400), ("hour", 3600), ("min", 60), ("sec", 1))

#: A rate is kept as the time between two packets, in steps of this fraction of a second.
STEPS = 10_000

_LEADING = pattern(r"[ \t\n\v\f\r]*([+-]?)0*(\d*)", re.ASCII)


def unit_seconds(name: str) -> int | None:
    """The seconds of a unit by a prefix of its name, in any case; None for what is not a unit."""
    lower = name.lower()
    return next((seconds for unit, seconds in UNITS.items() if lower and unit.startswith(lower)), None)


def leading_int(text: str) -> int:
    """The number that a text begins with as C's atoi reads it, taken as 32 unsigned bits; 0 if it begins with none."""
    match = _LEADING.match(text)
    digits = match[2] if match else ""
    value = int(digits or "0") if len(digits) < 20 else 1 << 63
    value = min(value, (1 << 63) - 1) if match and match[1] != "-" else -min(value, 1 << 63)
    return value & 0xFFFF_FFFF


def split_rate(text: str) -> tuple[str, int]:
    """The number's text and the seconds of the unit in `N[/UNIT]`, which are seconds without a unit.

    Raises InvalidValue.
    """
    amount, slash, unit = text.partition("/")
    seconds = unit_seconds(unit) if slash else 1
    if seconds is None:
        plural = unit.endswith("s") and unit_seconds(unit[:-1]) is not None
        raise InvalidValue(
            "the unit is not second, minute, hour or day" if unit else "the unit after the slash is missing",
            at=(len(amount) + 1, len(text)) if unit else None,
            says=f'bad rate "{text}"\'',
            help=f"write `{amount}/{unit[:-1]}`" if plural else "",
        )
    return amount, seconds


def printed_unit(interval: int, steps: int = STEPS) -> tuple[str, int]:
    """The unit in which a rate is printed, and its seconds: the largest that does not lose too much of it."""
    unit = PRINTED_UNITS[0]
    for name, seconds in PRINTED_UNITS[1:]:
        whole = seconds * steps
        if interval > whole or whole // interval < whole % interval:
            break
        unit = name, seconds
    return unit


def write_interval(interval: int, steps: int = STEPS) -> str:
    """A rate from the time between two packets: `3/hour`."""
    name, seconds = printed_unit(interval, steps)
    return f"{seconds * steps // interval}/{name}"


def nft_rate(written: str) -> str:
    """A rate in nft, with the whole name of its unit: `3/minute`."""
    amount, _, unit = written.partition("/")
    return f"{amount}/{next(name for name in UNITS if name.startswith(unit))}"


def say_packet_rate(typed: str) -> str:
    """A rate as it was typed, with its unit in full, `3 packets per hour`; `-S` prints it in whichever unit fits."""
    amount, seconds = split_rate(typed)
    unit = next(name for name, size in UNITS.items() if size == seconds)
    count = leading_int(amount)
    return f"{count} packet{'' if count == 1 else 's'} per {unit}"


class Rate(Value):
    """`N[/UNIT]`, at most 10000 a second; the value is the time between two packets, in steps of 1/10000 second."""

    synopsis = "N[/second|/minute|/hour|/day]"

    def read(self, text: str, family: Family) -> int:
        amount, seconds = split_rate(text)
        count = leading_int(amount)
        if not count:
            raise InvalidValue("expected a number above 0 before the unit", says=f'bad rate "{text}"\'')
        interval = STEPS * seconds // count
        if not interval:
            raise InvalidValue("more than 10000 per second", says=f'Rate too fast "{text}"')
        return interval

    def write(self, value: int, family: Family) -> str:
        return write_interval(value)

    def nft(self, value: int, family: Family) -> str:
        return nft_rate(self.write(value, family))

    def say(self, value: int, context: Context) -> str:
        return say_packet_rate(context.typed)


rate = Rate()
