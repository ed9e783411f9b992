"""Whether a post is published: its status, and the fields of others that are true or false."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from . import fields
from .codes import BAD_FIELD, UNKNOWN_STATUS, WITHOUT_MEANING
from .dates import NoDate, plain_date
from .header import Field, Text
from .translation import Given, Translation

_TRUE, _FALSE = frozenset({"true", "yes", "on", "y", "1"}), frozenset({"false", "no", "off", "n", "0", ""})
#: From the least to the most withheld: of several that a header asks for, the last one counts.
STATUSES = ("published", "hidden", "draft", "skip")


def take_status(each: Field, done: Translation, given: Given) -> None:
    """Take a status under Pelican's name or another's."""
    status = _status(each, done)
    if status:
        done.meta["status"] = [status]


def _status(each: Field, done: Translation) -> str:
    """The status that a field names; empty if it names none, with a fault if that is not known."""
    words = done.one(each)
    status = fields.STATUSES.get(words.lower(), words.lower())
    if status in STATUSES or not words:
        return status
    near = get_close_matches(status, (*STATUSES, *fields.STATUSES), 1)
    known = ", ".join(f"`{name}`" for name in STATUSES)
    done.refuse(
        UNKNOWN_STATUS,
        f"unknown status `{words}`",
        each.span,
        f"did you mean `{near[0]}`?" if near else "",
        help=f"write {known.replace(', `skip`', ' or `skip`')}",
    )
    return ""


def take_switches(given: Given, done: Translation, known: frozenset[str] = frozenset()) -> None:
    """`draft: true` and its like: the status that withholds most is the post's. `known` fields mean something else to
    the site, whatever they mean elsewhere.
    """
    asked = [*done.meta.get("status", ())]
    for status, each in (*_of_switches(given, done), *_of_values(given), *_of_others(given, done, known)):
        asked.append(status)
        done.places.setdefault("status", each.span)
    if asked:
        done.meta["status"] = [max(asked, key=STATUSES.index)]


def _of_switches(given: Given, done: Translation) -> Iterator[tuple[str, Field]]:
    """What fields that are true or false ask for, each with the field."""
    for name, (value, status) in fields.SWITCHES.items():
        if name not in given:
            continue
        each = given[name]
        words = done.one(each).lower() if each.texts() else ""
        if words in (_TRUE if value else _FALSE - {""}):
            yield status, each
        elif words not in _TRUE | _FALSE:
            _take_date_of_switch(each, words, done)


def _of_values(given: Given) -> Iterator[tuple[str, Field]]:
    """What single values of fields ask for, also in a table."""
    for (name, inner), statuses in fields.WITHHOLDING.items():
        outer = given.get(name)
        if outer is None:
            continue
        table = () if isinstance(outer.value, Text) else outer.value
        for each in (part for part in table if isinstance(part, Field) and part.key == inner) if inner else (outer,):
            for text in each.texts():
                if text.words.lower() in statuses:
                    yield statuses[text.words.lower()], each


def _of_others(given: Given, done: Translation, known: frozenset[str]) -> Iterator[tuple[str, Field]]:
    """What further statuses ask for, and a field with which a post is not for everybody."""
    for name in fields.FURTHER_STATUSES:
        status = _status(given[name], done) if name in given and name not in known else ""
        if status:
            yield status, given[name]
    for name in fields.PROTECTING:
        if name in given and name not in known and given[name].texts():
            done.refuse(
                WITHOUT_MEANING,
                f"this `{given[name].name.words}` would not be asked for, so the post is kept as a draft",
                given[name].name.span,
                help="remove the line to publish it for everybody, or name the field in the setting KNOWN_FIELDS",
                severity="warning",
            )
            yield "draft", given[name]


def _take_date_of_switch(each: Field, words: str, done: Translation) -> None:
    """`published: 2026-10-01` is when."""
    try:
        published = plain_date(words)
    except NoDate:
        done.refuse(BAD_FIELD, f"`{words}` is neither true nor false", each.span, help="write `true` or `false`")
    else:
        done.meta.setdefault("date", [published])
        done.places.setdefault("date", each.span)
