"""A header in Pelican's own words: each field as what it means here, and what cannot be used named with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span

from . import fields
from .addresses import LONGEST_NAME, NoPlace, Place, looks_like_address, place_of
from .codes import BAD_DATE, BAD_FIELD, UNKNOWN_STATUS, WITHOUT_MEANING
from .dates import NoDate, plain_date
from .header import Field, Header, Text, fault

_TRUE, _FALSE = frozenset({"true", "yes", "on", "y", "1"}), frozenset({"false", "no", "off", "n", "0", ""})
#: From the least to the most withheld: of several that a header asks for, the last one counts.
STATUSES = ("published", "hidden", "draft", "skip")


@dataclass
class Translation:
    """What a header says. `meta` is what Python-Markdown would give Pelican: a list of values for each field.

    `faults` are what cannot be used, `places` where the value of a field of ours is, `unknown` and `missed` the names
    of fields to be told of once for all posts, and `aliases` the addresses that lead to the post.
    """

    meta: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)
    unknown: list[Text] = field(default_factory=list)
    missed: list[Text] = field(default_factory=list)
    aliases: list[tuple[Place, Span]] = field(default_factory=list)


def translate(header: Header, known: frozenset[str]) -> Translation:
    """What a header means here; `known` are the fields that the site's settings know."""
    done = Translation(faults=[*header.faults])
    given: dict[str, Field] = {}
    for each in _opened(header.fields):
        given.setdefault(each.key, each)
    for ours, names in fields.MEANINGS.items():
        first = next((given[name] for name in names if name in given and _is_given(given[name])), None)
        if first is not None:
            done.places[ours] = first.span
            _MEANT[ours](first, done, given)
    _take_switches(given, done)
    for each in given.values():
        _take_other(each, done, header, known)
    _take_own_address(given, done)
    return done


def _opened(all_fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields of a header, with those of `[taxonomies]` among them."""
    for each in all_fields:
        if each.key in fields.OPENED and not isinstance(each.value, Text):
            yield from (inner for inner in each.value if isinstance(inner, Field))
        else:
            yield each


def _is_given(each: Field) -> bool:
    """Whether a field has a value; `author:` may be a table."""
    return bool(each.texts() or _called(each))


def _called(each: Field) -> list[Text]:
    """The name of what a table is about: `author: {name: Ana}`."""
    if isinstance(each.value, Text):
        return []
    inner = [part for part in each.value if isinstance(part, Field) and part.key in ("name", "title")]
    return [part.value for part in inner if isinstance(part.value, Text) and part.value.words][:1]


def _one(each: Field, done: Translation) -> str:
    """The only text of a field; empty, with a fault, if it is a list."""
    texts = each.texts()
    if len(texts) == 1:
        return texts[0].words
    done.faults.append(fault(BAD_FIELD, f"`{each.name.words}` has several values", each.span, help="leave one of them"))
    return ""


Given = dict[str, Field]


def _text(ours: str) -> Callable[[Field, Translation, Given], None]:
    """How a field is taken whose value is some words."""

    def take(each: Field, done: Translation, given: Given) -> None:
        words = _one(each, done)
        if words:
            done.meta[ours] = [words if ours == "summary" else " ".join(words.split())]

    return take


def _slug(each: Field, done: Translation, given: Given) -> None:
    words = _one(each, done).strip("/ ")
    if not words:
        return
    unfit = sorted({*words} & {*'?#%\\"<>'})
    if unfit or ".." in words.split("/") or any(len(part.encode()) > LONGEST_NAME for part in words.split("/")):
        why = f"`{unfit[0]}` has a meaning of its own in an address" if unfit else "no folder can have this name"
        advice = "write a few words with hyphens between them"
        done.faults.append(fault(BAD_FIELD, "this slug cannot be part of an address", each.span, why, help=advice))
        return
    done.meta["slug"] = [words]


def _date(ours: str) -> Callable[[Field, Translation, Given], None]:
    def take(each: Field, done: Translation, given: Given) -> None:
        words = _one(each, done)
        if not words:
            return
        try:
            done.meta[ours] = [plain_date(words)]
        except NoDate as error:
            done.faults.append(fault(BAD_DATE, error.message, each.span, help=error.advice))

    return take


def _waits_until(each: Field, done: Translation, given: Given) -> None:
    """Hugo's `publishDate`, which may be another day than the `date` that is shown."""
    if done.places.get("date") != each.span:
        _date("waits_until")(each, done, given)


def _list(ours: str) -> Callable[[Field, Translation, Given], None]:
    """How a list is taken. Words in one text are divided by Pelican: at semicolons, or else at commas."""

    def take(each: Field, done: Translation, given: Given) -> None:
        named = _called(each)
        if isinstance(each.value, Text) or named:
            words = (named or each.texts())[0].words
            # Jekyll, whose posts have a layout, divides at blanks.
            is_jekylls = "layout" in given and ours == "tags" and not {",", ";"} & set(words)
            _add(done, ours, words.split() if is_jekylls else words)
        else:
            _add(done, ours, [text.words for text in each.texts()])

    return take


def _add(done: Translation, ours: str, more: str | list[str]) -> None:
    """Add to a list of Pelican's. As a list, it keeps the commas in its items."""
    before = done.meta.get(ours, [[]])[0]
    if not before:
        done.meta[ours] = [more]
        return
    lists = [_divided(each) if isinstance(each, str) else each for each in (before, more)]
    done.meta[ours] = [[*dict.fromkeys((*lists[0], *lists[1]))]]


def _divided(words: str) -> list[str]:
    return [part.strip() for part in words.split(";" if ";" in words else ",") if part.strip()]


def _divided_with_places(text: Text) -> list[Text]:
    """The parts of a text in one line, each where it is; those of a longer one are all where that is."""
    parts, at = [], 0
    for part in _divided(text.words):
        at = text.words.index(part, at)
        start = text.span.start + at
        is_plain = text.span.end - text.span.start == len(text.words)
        parts.append(Text(part, Span(start, start + len(part)) if is_plain else text.span))
        at += len(part)
    return parts


def _categories(each: Field, done: Translation, given: Given) -> None:
    """The first category is the post's, as Pelican has one; the others become tags."""
    texts = [text.words for text in each.texts()]
    if isinstance(each.value, Text) and each.key == "categories":
        is_jekylls = "layout" in given and "," not in texts[0]
        texts = texts[0].split() if is_jekylls else _divided(texts[0])
    if texts:
        done.meta["category"] = [" ".join(texts[0].split())]
        if texts[1:]:
            _add(done, "tags", texts[1:])


def _status(each: Field, done: Translation, given: Given) -> None:
    words = _one(each, done)
    status = fields.STATUSES.get(words.lower(), words.lower())
    if status in STATUSES:
        done.meta["status"] = [status]
    elif words:
        near = get_close_matches(status, (*STATUSES, *fields.STATUSES), 1)
        known = ", ".join(f"`{name}`" for name in STATUSES)
        done.faults.append(
            fault(
                UNKNOWN_STATUS,
                f"unknown status `{words}`",
                each.span,
                f"did you mean `{near[0]}`?" if near else "",
                help=f"write {known.replace(', `skip`', ' or `skip`')}",
            )
        )


def _url(each: Field, done: Translation, given: Given) -> None:
    """The address of another generator's post."""
    words = _one(each, done)
    try:
        place = place_of(words)
    except NoPlace as error:
        done.faults.append(
            fault(
                WITHOUT_MEANING,
                f"`{words}` cannot be the address of a post",
                each.span,
                str(error),
                help="its address is made of its date and title; write `Slug:` for another last part",
                severity="warning",
            )
        )
        return
    done.meta["url"], done.meta["save_as"] = [place.url], [place.save_as]


def _aliases(each: Field, done: Translation, given: Given) -> None:
    texts = each.texts()
    if isinstance(each.value, Text):
        texts = _divided_with_places(texts[0])
    for words, span in texts:
        if not looks_like_address(words):
            continue  # Obsidian's: another name of the note
        try:
            done.aliases.append((place_of(words), span))
        except NoPlace as error:
            done.faults.append(
                fault(
                    WITHOUT_MEANING,
                    f"nothing can lead from `{words}` to this post",
                    span,
                    str(error),
                    help="remove it, or let the web host redirect it",
                    severity="warning",
                )
            )


_MEANT: dict[str, Callable[[Field, Translation, Given], None]] = {
    "title": _text("title"),
    "date": _date("date"),
    "waits_until": _waits_until,
    "modified": _date("modified"),
    "tags": _list("tags"),
    "authors": _list("authors"),
    "category": _categories,
    "slug": _slug,
    "url": _url,
    "summary": _text("summary"),
    "lang": lambda each, done, given: done.meta.update(lang=[_one(each, done).replace("_", "-").lower()]),
    "status": _status,
    "aliases": _aliases,
}


def _take_switches(given: Given, done: Translation) -> None:
    """`draft: true` and its like: the status that withholds most is the post's."""
    asked = [*done.meta.get("status", ())]
    for name, (value, status) in fields.SWITCHES.items():
        if name not in given:
            continue
        each = given[name]
        words = _one(each, done).lower() if each.texts() else ""
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
        done.faults.append(
            fault(BAD_FIELD, f"`{words}` is neither true nor false", each.span, help="write `true` or `false`")
        )
    else:
        done.meta.setdefault("date", [published])
        done.places.setdefault("date", each.span)


def _take_other(each: Field, done: Translation, header: Header, known: frozenset[str]) -> None:
    """What is not translated: Pelican's own and others' fields keep their values, for templates and plugins."""
    key = each.key
    if fields.meant(key) or key in fields.SWITCHES or key == "url":
        return
    is_known = key in fields.OWN or key in known or key in fields.NOT_NEEDED
    if key in fields.MISSED and key not in known:
        done.missed.append(each.name)
    elif not is_known:
        done.unknown.append(each.name)
    is_zolas = key == "template" and header.notation != "pelican" and _words(each)[0].endswith(".html")
    is_fit = key not in _CHECKED or not each.texts() or _CHECKED[key](each, done)
    if key not in fields.RESERVED and is_fit and not is_zolas and not _has_table(each):
        done.places[key] = each.span
        done.meta[each.name.words.lower()] = _words(each)


def _words(each: Field) -> list[str]:
    """The values of a field as Python-Markdown gives them: one for each item or line."""
    if isinstance(each.value, Text):
        return each.value.words.split("\n")
    return [text.words for text in each.texts()] or [""]


def _has_table(each: Field) -> bool:
    return not isinstance(each.value, Text) and any(isinstance(part, Field) for part in each.value)


def _is_time_zone(each: Field, done: Translation) -> bool:
    words = _one(each, done)
    try:
        ZoneInfo(words)
    except (KeyError, ValueError, OSError):
        advice = "write a name such as `Europe/Berlin` or `UTC`"
        done.faults.append(fault(BAD_FIELD, f"`{words}` is no time zone", each.span, help=advice))
        return False
    return True


def _is_file(each: Field, done: Translation) -> bool:
    """Whether a value is a place in the output."""
    words = _one(each, done)
    if not words.startswith(("/", "\\")) and ".." not in words.split("/") and not words.endswith("/"):
        return True
    advice = "write a file below the output folder, such as `old/page.html`"
    done.faults.append(fault(BAD_FIELD, f"no page can be written to `{words}`", each.span, help=advice))
    return False


#: Fields of Pelican's with which it cannot do anything but fail, without a word on the line.
_CHECKED: dict[str, Callable[[Field, Translation], bool]] = {"timezone": _is_time_zone, "save_as": _is_file}


def _take_own_address(given: Given, done: Translation) -> None:
    """Pelican's `Url:`, whose page is found there: Pelican writes it elsewhere unless `Save_as:` says where."""
    if "url" not in given or not given["url"].texts():
        return
    done.places["url"] = given["url"].span
    if "save_as" in done.meta:
        done.meta["url"] = [_one(given["url"], done)]
    else:
        _url(given["url"], done, given)
