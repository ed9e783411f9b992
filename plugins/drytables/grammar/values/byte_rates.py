"""Rates of hashlimit, in packets or in bytes, as its third revision keeps them (observed with iptables-legacy 1.8.9).

A rate in bytes is kept as a cost: the share of a second's credit that 16 bytes take. So it is printed back as a
different number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...reading.pattern import pattern
from .base import Family, InvalidValue, Value, leading_number
from .rates import say_packet_rate, split_rate, write_interval
from .wording import Context

#: Times between packets are kept in steps of this fraction of a second.
STEPS = 1_000_000

MOST_PACKETS = 1_000_000

#: The most that releases before 1.6.1 count, per second and in a burst.
MOST_PACKETS_BEFORE = 10_000

_CREDIT = 0xFFFF_FFFF
_U64 = (1 << 64) - 1
#: How far below zero a signed number of 64 bits goes; it goes one less far above.
_LOWEST = 1 << 63
_UNITS = (("m", 1 << 20), ("k", 1 << 10), ("", 1))
_LEADING = pattern(r"[ \t\n\v\f\r]*([+-]?)0*(\d*)", re.ASCII)


class HashRate(NamedTuple):
    """A rate: `amount` is the cost of 16 bytes, or otherwise the time between two packets; `seconds` are the unit's."""

    in_bytes: bool
    amount: int
    seconds: int


def cost_of(octets: int) -> int:
    """The cost of 16 bytes at a rate of `octets` bytes a second, of which 32 bits are used.

    Raises ZeroDivisionError where iptables crashes with it.
    """
    return _CREDIT // (((octets >> 4) + 1) & _CREDIT)


def bytes_of(cost: int) -> int:
    """The rate in bytes a second for a cost; 0 for fewer than 16."""
    return ((_CREDIT // cost if cost else _CREDIT) - 1) << 4


def write_byte_rate(octets: int) -> str:
    """A rate in bytes, in the largest unit that has the same cost."""
    for name, size in _UNITS:
        if octets >= size and cost_of(octets // size * size & _CREDIT) == cost_of(octets):
            return f"{octets // size}{name}b/s"
    return f"{octets}b/s"


def write_burst(octets: int) -> str:
    """A burst in bytes, in the largest unit that it reaches."""
    name, size = next((unit for unit in _UNITS if octets >= unit[1]), _UNITS[-1])
    return f"{octets // size}{name}b"


_UNIT_NAMES = {"k": "KB", "m": "MB"}


class HashRateValue(Value):
    """`N[/UNIT]`, or `N[k|m]b/s` for bytes; a text containing `b/s` means bytes, and only the letter before that
    matters.

    At most `most` packets a second are accepted. Without `octets`, all texts mean packets.
    """

    synopsis = "N[/second|/minute|/hour|/day] or N[k|m]b/s"
    _says = '{extension}: Bad value for "--{option}" option: "{text}"'

    def __init__(self, most: int = MOST_PACKETS, octets: bool = True) -> None:
        self.most, self.octets = most, octets

    def read(self, text: str, family: Family) -> HashRate:
        says = self._says.replace("{text}", text)
        match = _LEADING.match(text)
        digits = match[2] if match else ""
        count = int(digits or "0") if len(digits) < 20 else _U64
        if not count:
            raise InvalidValue("expected a number above 0 first", says=says)
        assert match is not None
        # It is read as signed, then used as unsigned.
        count = -min(count, _LOWEST) & _U64 if match[1] == "-" else min(count, _LOWEST - 1)
        if "b/s" in text and self.octets:
            size = {"k": 1 << 10, "m": 1 << 20}.get(text.partition("b/s")[0][-1], 1)
            try:
                return HashRate(in_bytes=True, amount=cost_of(count * size & _U64), seconds=1)
            except ZeroDivisionError:
                raise InvalidValue("iptables crashes on exactly this number") from None
        try:
            _, seconds = split_rate(text)
        except InvalidValue as bad:
            bad.says = says
            raise
        interval = STEPS * seconds // count
        if not self.most * seconds // count:
            raise InvalidValue(f"more than {self.most} per second", says=f'Rate too fast "{text}"')
        return HashRate(in_bytes=False, amount=interval, seconds=seconds)

    def write(self, value: HashRate, family: Family) -> str:
        if value.in_bytes:
            return write_byte_rate(bytes_of(value.amount))
        return write_interval(value.amount, STEPS)

    def say(self, value: HashRate, context: Context) -> str:
        """The rate as it was typed; of one in bytes also what it is rounded to, if that is another."""
        if not value.in_bytes:
            return say_packet_rate(context.typed)
        amount, unit = context.typed.partition("b/s")[0], ""
        if amount[-1:] in _UNIT_NAMES:
            amount, unit = amount[:-1], amount[-1]
        count, _ = leading_number(amount)
        size = {"k": 1 << 10, "m": 1 << 20}.get(unit, 1)
        kept = bytes_of(value.amount)
        said = f"{amount if count is None else count} {_UNIT_NAMES.get(unit, 'bytes')} per second"
        return said if count is not None and count * size == kept else f"{said} (rounded to {kept} bytes)"


class BurstValue(Value):
    """A number of packets, at most `most`, or of bytes with `k` or `m` after it."""

    synopsis = "N[kb|mb]"

    def __init__(self, most: int = MOST_PACKETS) -> None:
        self.most = most

    def read(self, text: str, family: Family) -> int:
        count, rest = leading_number(text)
        size = {"k": 1 << 10, "m": 1 << 20}.get(rest[:1], 1)
        if not count or count > _U64 or (not rest and count > self.most):
            says = BURST_SAYS.replace(str(MOST_PACKETS), str(self.most))
            raise InvalidValue(f"neither a number from 1 to {self.most} nor a number of kb or mb", says=says)
        return count * size & _U64

    def say(self, value: int, context: Context) -> str:
        """The burst in bytes as it was typed; one in packets is its number."""
        count, rest = leading_number(context.typed)
        return f"{count} {_UNIT_NAMES[rest[0]]}" if rest[:1] in _UNIT_NAMES else str(value)


BURST_SAYS = f'bad value for option "--hashlimit-burst", or out of range (1-{MOST_PACKETS}).'
