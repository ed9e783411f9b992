"""Formats of strftime without some of their parts: `%B %Y` of `%-d %B %Y`, `%m月%d日` of `%Y年%m月%d日`."""

import re

_DIRECTIVE = re.compile(r"%(-?[A-Za-z])")
#: Directives that are short for several others.
_WRITTEN_OUT = {"%F": "%Y-%m-%d", "%D": "%m/%d/%y", "%T": "%H:%M:%S", "%R": "%H:%M"}
_DAY_AND_TIME = frozenset("deajAuwUWVHIMSpfzZ")
_YEAR = frozenset("YyGgC")
_MONTH = frozenset("Bbhm")
#: Directives of which the system alone knows what is in them.
_OPAQUE = frozenset("cxXs+")

MONTH_AND_YEAR, YEAR_ALONE = "%B %Y", "%Y"


def without_day(form: str) -> str:
    """Return a format without the day, the weekday and the time; that of a month if nothing else is known of it."""
    shorter = _without(form, _DAY_AND_TIME)
    return shorter if shorter and _MONTH & _letters(shorter) else MONTH_AND_YEAR


def without_year(form: str) -> str:
    """Return a format without the year, for dates below the heading of one; as it is if nothing would be left."""
    return _without(form, _YEAR) or form


def at_precision(form: str, precision: str) -> str:
    """Return the part of a format that applies to a date whose precision is `day`, `month` or `year`."""
    if precision == "year":
        return YEAR_ALONE
    return without_day(form) if precision == "month" else form


def _letters(form: str) -> set[str]:
    return {directive[-1] for directive in _DIRECTIVE.findall(form)}


def _without(form: str, letters: frozenset[str]) -> str:
    """A format without some directives, and without the signs and words that set them off; empty if none are left, or
    if that cannot be known.
    """
    for short, written_out in _WRITTEN_OUT.items():
        form = form.replace(short, written_out)
    if _OPAQUE & _letters(form):
        return ""
    parts = _DIRECTIVE.split(form)
    between, directives = parts[::2], parts[1::2]
    while (at := next((i for i, each in enumerate(directives) if each[-1] in letters), None)) is not None:
        before, after = between[at], between[at + 1]
        is_last = at == len(directives) - 1
        if is_last and at and not any(map(str.isalpha, after)):
            before = ""
        between[at : at + 2] = [before]
        del directives[at]
    pieces = [between[0]]
    for directive, following in zip(directives, between[1:], strict=True):
        pieces += [f"%{directive}", following]
    return "".join(pieces).strip() if directives else ""
