"""Whether a post is published: its status, and the fields of others that are true or false."""

from __future__ import annotations

from difflib import get_close_matches

from . import fields
from .codes import BAD_FIELD, UNKNOWN_STATUS
from .dates import NoDate, plain_date
from .header import Field
from .translation import Given, Translation

_TRUE, _FALSE = frozenset({"true", "yes", "on", "y", "1"}), frozenset({"false", "no", "off", "n", "0", ""})
#: From the least to the most withheld: of several that a header asks for, the last one counts.
STATUSES = ("published", "hidden", "draft", "skip")


def take_status(each: Field, done: Translation, given: Given) -> None:
    """Take a status under Pelican's name or another's."""
    words = done.one(each)
    status = fields.STATUSES.get(words.lower(), words.lower())
    if status in STATUSES:
        done.meta["status"] = [status]
    elif words:
        near = get_close_matches(status, (*STATUSES, *fields.STATUSES), 1)
        known = ", ".join(f"`{name}`" for name in STATUSES)
        done.refuse(
            UNKNOWN_STATUS,
            f"unknown status `{words}`",
            each.span,
            f"did you mean `{near[0]}`?" if near else "",
            help=f"write {known.replace(', `skip`', ' or `skip`')}",
        )


def take_switches(given: Given, done: Translation) -> None:
    """`draft: true` and its like: the status that withholds most is the post's."""
    asked = [*done.meta.get("status", ())]
    for name, (value, status) in fields.SWITCHES.items():
        if name not in given:
            continue
        each = given[name]
        words = done.one(each).lower() if each.texts() else ""
        if words in (_TRUE if value else _FALSE - {""}):
            asked.append(status)
            done.places.setdefault("status", each.span)
        elif words not in _TRUE | _FALSE:
            _take_date_of_switch(each, words, done)
    if asked:
        done.meta["status"] = [max(asked, key=STATUSES.index)]


def _take_date_of_switch(each: Field, words: str, done: Translation) -> None:
    """`published: 2026-10-01` is when."""
    try:
        published = plain_date(words)
    except NoDate:
        done.refuse(BAD_FIELD, f"`{words}` is neither true nor false", each.span, help="write `true` or `false`")
    else:
        done.meta.setdefault("date", [published])
        done.places.setdefault("date", each.span)
