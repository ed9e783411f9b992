"""Dates as people write them, always with the same result.

Pelican's parser, dateutil, fills what a date lacks from the day of the build, and takes the name of a time zone only if
the machine is in it. So a date is read twice, from two days that have nothing in common; and zones are in a table.
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import dateutil.parser

_TWO_DAYS = (datetime(2001, 1, 1), datetime(2004, 2, 2))
#: How most dates are written. dateutil says the same of one, after a tenth of a millisecond.
_PLAIN = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
#: A name out of the IANA's data base after a date.
_PLACE = re.compile(r"[ \t]+\[?(?P<name>[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_+-]+){1,2})\]?\Z")
#: What is rewritten for dateutil, which takes `UTC+3` for three hours west as POSIX does, does not know Go's form of a
#: date, with an offset and a name, and takes the first number for the month, which it is not where dots are written.
_REWRITTEN = (
    (re.compile(r"\A(\d{1,2})\. ?(0?[1-9]|1[0-2])\. ?(\d{4})\b"), r"\3-\2-\1"),
    (re.compile(r"(?<=[\d ])(?:UTC|GMT) ?(?=[+-]\d)"), ""),
    (re.compile(r"(?<=[+-]\d\d\d\d) (?:[A-Z]{3,5}|[+-]\d{2,4})\Z"), ""),
)
#: What is in nearly every date; and one whose first two numbers may both be the month.
_USUAL_YEAR = re.compile(r"(?:19|20)\d\d")
_TWO_WAYS = re.compile(r"(?P<first>0?[1-9]|1[0-2])(?P<sign>[/-])(?P<second>0?[1-9]|1[0-2])(?P=sign)\d{4}\b")
#: Abbreviations that mean one thing, as hours from Greenwich: those of RFC 5322, Europe's, and others without a double.
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10, "ART": -3, "BRT": -3, "CLT": -4, "CLST": -3, "UYT": -3, "SAST": 2, "CAT": 2, "EAT": 3,
    "WAT": 1, "PKT": 5, "NPT": 5.75, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip


class NoDate(ValueError):
    """A text that is not a whole date: `message` says why, `advice` what to write."""

    def __init__(self, message: str, advice: str = "write it as `2026-11-23` or `2026-11-23 14:30`") -> None:
        super().__init__(message)
        self.message, self.advice = message, advice


#: Of a date that is known to a precision, the parts that it may lack: it is then that of the first day.
_UNKNOWN = {"month": ["day"], "year": ["month", "day"]}


def date_of(text: str, precision: str = "day") -> datetime:
    """The date in a text, with its zone if it names one. Raises NoDate.

    The `precision` is how exactly it is known: if that is `month` or `year`, the text need not say more.
    """
    words = " ".join(text.replace("_", " ").split())
    plain = _plain(words)
    if plain is not None:
        return plain
    for pattern, replacement in _REWRITTEN:
        words = pattern.sub(replacement, words)
    place = _PLACE.search(words)
    found = [_parsed(words[: place.start()] if place else words, default) for default in _TWO_DAYS]
    lacking = [part for part in ("year", "month", "day") if getattr(found[0], part) != getattr(found[1], part)]
    if not {*lacking} <= {*_UNKNOWN.get(precision, ())}:
        message = f"`{text}` has no {' and no '.join(lacking)}"
        known = next((each for each, parts in _UNKNOWN.items() if parts == lacking), None)
        if known is None:
            raise NoDate(message)
        raise NoDate(
            message, f"write it as `2026-11-23`, or add `Date-precision: {known}` if the {known} is all that is known"
        )
    if not place:
        return found[0]
    try:
        return found[0].replace(tzinfo=ZoneInfo(place["name"]))
    except (KeyError, ValueError, OSError):
        raise NoDate(f"`{place['name']}` is not a time zone") from None


def other_reading(text: str) -> str:
    """The other day that a date such as `10/01/2026` may mean, which is read with the month first; empty if none."""
    found = _TWO_WAYS.match(text.strip())
    if found is None or int(found["first"]) == int(found["second"]):
        return ""
    taken = date_of(text)
    return f"{taken.replace(month=taken.day, day=taken.month):%Y-%m-%d}"


def has_short_year(text: str) -> bool:
    """Whether the year of a date has two digits: `26-10-01` is read as a day of 2001, whatever its author meant."""
    return not _USUAL_YEAR.search(text) and f"{date_of(text, 'year').year:04}" not in text


def plain_date(text: str, precision: str = "day") -> str:
    """The date in a text as one that any parser reads in the same way; as date_of has it. Raises NoDate."""
    return date_of(text, precision).isoformat(sep=" ")


def _plain(words: str) -> datetime | None:
    """The date in words that are nothing else; None for other words, and for a day or time that does not exist."""
    try:
        return datetime.fromisoformat(words) if _PLAIN.fullmatch(words) else None
    except ValueError:
        return None


def _parsed(words: str, default: datetime) -> datetime:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = dateutil.parser.parse(words, default=default, tzinfos=_zone)
    except NoDate:
        raise
    except (ValueError, OverflowError, TypeError, AttributeError):
        raise NoDate(f"`{words}` is not a date") from None
    assert isinstance(found, datetime)
    return found


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """The zone that dateutil has found in a date: its name, and its offset in seconds."""
    if offset is not None:
        return timezone(timedelta(seconds=offset)) if offset else UTC
    if name is None:
        return None
    if name.upper() not in ZONES:
        raise NoDate(
            f"the time zone `{name}` is not known, or there are several of that name",
            "write how far it is from Greenwich: `2026-11-23 14:30 +01:00`",
        )
    return timezone(timedelta(hours=ZONES[name.upper()]))
