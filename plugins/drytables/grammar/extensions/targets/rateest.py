"""RATEEST: measure a rate, for `-m rateest`. iptables-extensions(8), RATEEST.

How the times become the kernel's steps was observed with iptables-legacy 1.8.9: the interval is rounded up to one of
six, and the averaging constant down to a power of two of intervals.
"""

import math
import re
from collections.abc import Sequence

from ....diagnostics.codes.command import BAD_VALUE
from ....reading.pattern import pattern
from ...extension import CheckFailure, Option, Target
from ...nft import NotInNft
from ...rule import Use
from ...saving import option_words
from ...values.base import Family, InvalidValue, Value, text
from ...values.wording import Context, counted

_UNITS = {
    "s": 1_000_000,
    "sec": 1_000_000,
    "secs": 1_000_000,
    "ms": 1000,
    "msec": 1000,
    "msecs": 1000,
    "us": 1,
    "usec": 1,
    "usecs": 1,
    "": 1,
}

_TIME = pattern(
    r"[ \t\n\v\f\r]*([+-]?(?:0[xX](?:[0-9a-fA-F]++(?:\.[0-9a-fA-F]*+)?|\.[0-9a-fA-F]++)(?:[pP][+-]?\d+)?"
    r"|(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d+)?))([A-Za-z]*)",
    re.ASCII,
)

#: The intervals that the kernel knows, in microseconds.
_INTERVALS = tuple(250_000 << step for step in range(6))


#: The power of two from which on a weight is too small to count.
_TOO_LIGHT = 30


class Time(Value):
    """A number followed by `s`, `ms` or `us`, or in microseconds without a unit; kept in 32 bits."""

    synopsis = "N{s|ms|us}"

    def __init__(self, says: str) -> None:
        self.says = says

    def read(self, text: str, family: Family) -> int:
        match = _TIME.fullmatch(text)
        unit = _UNITS.get(match[2].lower()) if match else None
        if not match or unit is None:
            raise InvalidValue(
                "not a time", says=self.says.replace("{text}", text), help="write seconds as `0.5s` or `500ms`"
            )
        value = float.fromhex(match[1]) if "x" in match[1].lower() else float(match[1])
        return int(value * unit) & 0xFFFF_FFFF if abs(value * unit) < 2**63 else 0

    def write(self, value: int, family: Family) -> str:
        if value >= 1_000_000:
            return f"{value / 1_000_000:.1f}s"
        return f"{value / 1000:.1f}ms" if value >= 1000 else f"{value}us"

    def say(self, value: int, context: Context) -> str:
        """As it was typed, with its unit in full; `-S` prints what the kernel rounds it to."""
        match = _TIME.fullmatch(context.typed)
        if not match:
            return self.write(value, context.family)
        names = {1_000_000: "second", 1000: "millisecond", 1: "microsecond"}
        return counted(match[1].strip(), names[_UNITS[match[2].lower()]])


def _interval_step(interval: int) -> int | None:
    """The shortest interval of the kernel that is long enough; None if none is."""
    return next((step for step, longest in enumerate(_INTERVALS) if interval <= longest), None)


def _averaging_power(interval: int, constant: int) -> int | None:
    """The power of two of the weight closest to the averaging constant from below; None if there is none."""
    power = 0
    while power < _TOO_LIGHT and interval / -math.log(1 - 0.5 ** (power + 1)) <= constant:
        power += 1
    return power if 0 < power < _TOO_LIGHT else None


def times_that_the_kernel_can_keep(use: Use) -> CheckFailure | None:
    """An interval can be up to 8 seconds, and a constant at least one and a half times as long."""
    interval, constant = use.value("rateest-interval", 0), use.value("rateest-ewmalog", 0)
    if _interval_step(interval) is None:
        return CheckFailure(
            BAD_VALUE,
            "the interval is longer than 8 seconds",
            option="rateest-interval",
            label="at most 8s",
            says="RATEEST: interval value is too large",
        )
    if _averaging_power(interval, constant) is None:
        return CheckFailure(
            BAD_VALUE,
            "the averaging constant does not fit the interval",
            option="rateest-ewmalog",
            label="it must be at least one and a half intervals",
            cause="rateest-interval",
            says="RATEEST: ewmalog value is out of range",
            help="use `--rateest-interval 250ms --rateest-ewmalog 500ms`, for example",
        )
    return None


def saved(use: Use) -> Sequence[str]:
    """The name, and both times as the kernel keeps them."""
    interval, constant = use.value("rateest-interval"), use.value("rateest-ewmalog")
    step, power = _interval_step(interval), _averaging_power(interval, constant)
    assert step is not None and power is not None, "the check refuses what has neither"
    kept = _INTERVALS[step]
    averaged = kept << power & 0xFFFF_FFFF
    words = option_words(use, "rateest-name")
    for name, time in (("rateest-interval", kept), ("rateest-ewmalog", averaged)):
        words += [f"--{name}", Time("").write(time, use.rule.family)]
    return words


rateest = Target(
    "RATEEST",
    Option(
        "rateest-name",
        text(cut_at=15, quoted=False),
        required=True,
        sentence="keep the rate under the name {value}",
        negation_ignored_in="..1.4.11.1",
    ),
    Option(
        "rateest-interval",
        Time(says='RATEEST: bad interval value "{text}"'),
        required=True,
        sentence="measure once every {value}",
        negation_ignored_in="..1.4.11.1",
    ),
    Option(
        "rateest-ewmalog",
        Time(says='RATEEST: bad ewmalog value "{text}"'),
        required=True,
        sentence="average over about {value}",
        negation_ignored_in="..1.4.11.1",
    ),
    checks=(times_that_the_kernel_can_keep,),
    saved=saved,
    sentence="measure the rate of these packets, and go on with the next rule",
    nft=NotInNft("nft measures no rates", "`counter name …`, which a program can read again and again"),
)
