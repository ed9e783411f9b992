"""Fields that are not translated: Pelican's own and others' keep their values, for templates and plugins."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from . import fields
from .codes import BAD_FIELD
from .header import Field, Header, Text, key_of
from .translation import Translation
from .values import has_table, words_of


def keep_value(each: Field, done: Translation, header: Header, known: frozenset[str]) -> None:
    """Give a post the value of a field that has no meaning of its own, and note a name that nobody knows.

    Fields of ours have `_` between their words, however they are written; others keep their names, for templates.
    """
    key = each.key
    is_about_status = fields.is_about_status(key) and key not in known
    if fields.meant(key) or is_about_status or key == "url":
        return
    note_name(each.name, done, known)
    is_zolas = key == "template" and header.notation != "pelican" and words_of(each)[0].endswith(".html")
    is_fit = key not in _CHECKED or not each.texts() or _CHECKED[key](each, done)
    if key not in fields.RESERVED and is_fit and not is_zolas and not has_table(each):
        done.places[key] = each.span
        done.meta[key if key in fields.OWN else each.name.words.lower()] = words_of(each)


def note_name(name: Text, done: Translation, known: frozenset[str]) -> None:
    """Note the name of a field that nobody knows, or that is missed here; `known` are those of the site's settings."""
    key = key_of(name.words)
    if key in fields.MISSED and key not in known:
        done.missed.append(name)
    elif not any(
        (key in known, key in fields.OWN, key in fields.NOT_NEEDED, fields.is_about_status(key), fields.meant(key))
    ):
        done.unknown.append(name)


def _is_time_zone(each: Field, done: Translation) -> bool:
    words = done.one(each)
    try:
        ZoneInfo(words)
    except (KeyError, ValueError, OSError):
        advice = "write a name such as `Europe/Berlin` or `UTC`"
        done.refuse(BAD_FIELD, f"`{words}` is not a time zone", each.span, help=advice)
        return False
    return True


def _is_file(each: Field, done: Translation) -> bool:
    """Whether a value is a place in the output."""
    words = done.one(each)
    if not words.startswith(("/", "\\")) and ".." not in words.split("/") and not words.endswith("/"):
        return True
    advice = "write a file below the output folder, such as `old/page.html`"
    done.refuse(BAD_FIELD, f"no page can be written to `{words}`", each.span, help=advice)
    return False


#: Fields of Pelican's with which it cannot do anything but fail, without a word on the line.
_CHECKED: dict[str, Callable[[Field, Translation], bool]] = {"timezone": _is_time_zone, "save_as": _is_file}
