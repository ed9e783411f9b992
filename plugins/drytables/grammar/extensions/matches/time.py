"""time: the time and date at which a packet comes. iptables-extensions(8), time.

Observed beyond it with iptables-legacy 1.8.9: an end of the day, and the last date, are saved even if not given;
negated days are saved as the other days, and all days not at all.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE, EXCLUDES
from ...extension import CheckFailure, Match, Option, Sentence
from ...nft import NEVER, Said, Unsayable
from ...rule import Setting, Use
from ...values.calendars import ALL_MONTHDAYS, ALL_WEEKDAYS, LAST_SECOND, Date, Monthdays, TimeOfDay, Weekdays

_DATE, _TIME, _WEEKDAYS, _MONTHDAYS = Date(), TimeOfDay(), Weekdays(), Monthdays()
_HOUR = 3600
_LAST_TIME = 24 * 3600 - 1


def contiguous_time_goes_over_midnight(use: Use) -> CheckFailure | None:
    """Only a time range that crosses midnight can be one range instead of two."""
    start, stop = use.value("timestart", 0), use.value("timestop", _LAST_TIME)
    if not use.has("contiguous") or stop <= start:
        return None
    return CheckFailure(
        EXCLUDES,
        "`--contiguous` only makes sense for a time that spans midnight",
        option="contiguous",
        cause="timestop" if use.has("timestop") else "",
        label="the time ends on the day it begins",
        says="time: --contiguous only makes sense when stoptime is smaller than starttime",
    )


def the_date_is_late_enough(use: Use, setting: Setting) -> CheckFailure | None:
    """Once, the first hour of 1970 could not be named: dates were read as if in summer."""
    if setting.known >= _HOUR:
        return None
    return CheckFailure(
        BAD_VALUE,
        "this release has no dates before 1970-01-01T01:00:00",
        option=setting.option.name,
        says="mktime returned an error",
        until="1.4.10",
    )


def saved(use: Use) -> list[str]:
    """Times, days and dates as the kernel keeps them."""
    family = use.rule.family
    start, stop = use.value("timestart", 0), use.value("timestop", _LAST_TIME)
    words = []
    if (start, stop) != (0, _LAST_TIME):
        words += ["--timestart", _TIME.write(start, family), "--timestop", _TIME.write(stop, family)]
    for option, value, everything in (("monthdays", _MONTHDAYS, ALL_MONTHDAYS), ("weekdays", _WEEKDAYS, ALL_WEEKDAYS)):
        days = use.value(option, everything) ^ (everything if use.negated(option) else 0)
        if days != everything:
            words += [f"--{option}", value.write(days, family)]
    for option, default in (("datestart", 0), ("datestop", LAST_SECOND)):
        date = use.value(option, default)
        words += [f"--{option}", _DATE.write(date, family)] if date else []
    words += ["--kerneltz"] if use.has("kerneltz") or use.has("localtz") else []
    return words + (["--contiguous"] if use.has("contiguous") else [])


def by_the_clock(use: Use) -> Said:
    """Dates, hours and days of the week; nft reads times in the time zone of the machine, the kernel keeps UTC."""
    if use.has("monthdays") and use.value("monthdays") != ALL_MONTHDAYS:
        raise Unsayable("nft does not know the day of the month", "a rule that is added and taken away by a timer")
    if use.has("contiguous") and use.has("weekdays"):
        raise Unsayable("nft does not count the hours after midnight to the day before", "two rules, one for each day")
    words = []
    dates = use.value("datestart", 0), use.value("datestop", LAST_SECOND)
    if dates[0] > dates[1]:
        return Said(NEVER)
    if dates != (0, LAST_SECOND):
        first, last = map(_nft_date, dates)
        words.append(f'meta time "{first}"-"{last}"')
    hours = use.value("timestart", 0), use.value("timestop", _LAST_TIME)
    if hours != (0, _LAST_TIME):
        words.append(f"meta hour {_nft_hours(*hours)}")
    days = use.value("weekdays", ALL_WEEKDAYS)
    if use.negated("weekdays"):
        days ^= ALL_WEEKDAYS
    numbers = [str(day % 7) for day in range(1, 8) if days >> day & 1]
    if len(numbers) < 7:
        some = numbers[0] if len(numbers) == 1 else f"{{ {', '.join(numbers)} }}"
        words.append(f"meta day {some}" if numbers else NEVER)
    zone = "the time zone of the kernel" if use.has("kerneltz") or use.has("localtz") else "UTC"
    note = f"iptables takes times as {zone}, and nft as the zone it runs in: `TZ=UTC nft …`"
    return Said(" ".join(words), notes=(note,) if words else ())


def _nft_date(seconds: int) -> str:
    return _DATE.write(seconds, "").replace("T", " ")


def _nft_hours(start: int, stop: int) -> str:
    """Hours, from the first second to the last; over midnight, all but those between."""
    first, last = (start, stop) if start <= stop else (stop + 1, start - 1)
    if first > last:
        return f'"{_TIME.write(0, "")}"-"{_TIME.write(_LAST_TIME, "")}"'
    return f'{"" if start <= stop else "!= "}"{_TIME.write(first, "")}"-"{_TIME.write(last, "")}"'


def _at(template: str) -> Sentence:
    """A sentence about a time, which says in which time zone it is."""

    def in_its_zone(use: Use, setting: Setting) -> str:
        is_local = use.has("kerneltz") or use.has("localtz")
        return f"{template} ({'time zone of the kernel' if is_local else 'UTC'})"

    return in_its_zone


time = Match(
    "time",
    Option("timestart", _TIME, sentence=_at("from {value} on")),
    Option("timestop", _TIME, sentence=_at("until {value}")),
    Option("monthdays", _MONTHDAYS, negatable=True, sentence="on {|every day but }{value} of the month"),
    Option("weekdays", _WEEKDAYS, negatable=True, sentence="on {|every day but }{value}"),
    Option("datestart", _DATE, check=the_date_is_late_enough, sentence=_at("since {value}")),
    Option("datestop", _DATE, check=the_date_is_late_enough, sentence=_at("until {value}")),
    Option(
        "utc", excludes="kerneltz", sentence="times are in UTC, which is the default", negation_ignored_in="..1.4.10"
    ),
    Option("kerneltz", sentence="times are in the time zone of the kernel"),
    Option(
        "localtz",
        excludes="utc",
        sentence="times are in the time zone of the kernel; an older name of --kerneltz",
        negation_ignored_in="..1.4.10",
    ),
    Option("contiguous", sentence="a time that spans midnight belongs to the day on which it begins"),
    checks=(contiguous_time_goes_over_midnight,),
    table_since="1.4.11",
    saved=saved,
    sentence="look at the time and date at which the packet arrives",
    nft=by_the_clock,
)
