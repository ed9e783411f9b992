"""What each field means here: a header in Pelican's own words, and what cannot be used named with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from . import fields
from .addresses import LONGEST_NAME, NoPlace, looks_like_address, place_of, query_of
from .codes import AMBIGUOUS_DATE, BAD_DATE, BAD_FIELD, WITHOUT_MEANING
from .dates import NoDate, has_short_year, other_reading, plain_date
from .header import Field, Header, Text
from .kept_fields import keep_value
from .status import take_status, take_switches
from .translation import Given, Translation
from .values import called, divided, divided_with_places, is_given

_HASH = re.compile(r"(?<![^\s,;])#(?=\w)")


def translate(header: Header, known: frozenset[str], precision: str = "day") -> Translation:
    """What a header means here; `known` are the fields that the site's settings know, and `precision` is how exactly
    dates are known where the header does not say so.
    """
    done = Translation(faults=[*header.faults], precision=precision)
    given: dict[str, Field] = {}
    for each in _opened(header.fields):
        given.setdefault(each.key, each)
    if "date_precision" in given:
        done.precision = "".join(text.words.lower() for text in given["date_precision"].texts())
    for ours, names in fields.MEANINGS.items():
        first = next((given[name] for name in names if name in given and is_given(given[name])), None)
        if first is not None:
            done.places[ours] = first.span
            _MEANT[ours](first, done, given)
    take_switches(given, done, known)
    for each in given.values():
        keep_value(each, done, header, known)
    _take_own_address(given, done)
    return done


def _opened(all_fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields of a header, with those of `[taxonomies]` among them."""
    for each in all_fields:
        if each.key in fields.OPENED and not isinstance(each.value, Text):
            yield from (inner for inner in each.value if isinstance(inner, Field))
        else:
            yield each


def _text(ours: str) -> Callable[[Field, Translation, Given], None]:
    """How a field is taken whose value is some words."""

    def take(each: Field, done: Translation, given: Given) -> None:
        words = done.one(each)
        if words:
            done.meta[ours] = [words if ours == "summary" else " ".join(words.split())]

    return take


def _slug(each: Field, done: Translation, given: Given) -> None:
    words = done.one(each).strip("/ ")
    if not words:
        return
    unfit = sorted({*words} & {*'?#%\\"<>'})
    if unfit or ".." in words.split("/") or any(len(part.encode()) > LONGEST_NAME for part in words.split("/")):
        why = f"`{unfit[0]}` has a meaning of its own in an address" if unfit else "no folder can have this name"
        advice = "write a few words with hyphens between them"
        done.refuse(BAD_FIELD, "this slug cannot be part of an address", each.span, why, help=advice)
        return
    done.meta["slug"] = ["-".join(words.split())]


def _date(ours: str) -> Callable[[Field, Translation, Given], None]:
    def take(each: Field, done: Translation, given: Given) -> None:
        words = done.one(each)
        if not words:
            return
        try:
            taken = plain_date(words, done.precision)
        except NoDate as error:
            done.refuse(BAD_DATE, error.message, each.span, help=error.advice)
            return
        done.meta[ours] = [taken]
        day, other = taken.partition(" ")[0], other_reading(words)
        if other or has_short_year(words):
            done.refuse(
                AMBIGUOUS_DATE,
                f"`{words}` may mean two days" if other else f"`{words}` has a year of two digits",
                each.span,
                f"this is taken for {day}",
                help=f"write `{day}`, or {f'`{other}` if that' if other else 'the whole date that'} is meant",
                severity="warning",
            )

    return take


def _waits_until(each: Field, done: Translation, given: Given) -> None:
    """Hugo's `publishDate`, which may be another day than the `date` that is shown."""
    if done.places.get("date") != each.span:
        _date("waits_until")(each, done, given)


def _list(ours: str) -> Callable[[Field, Translation, Given], None]:
    """How a list is taken. Words in one text are divided by Pelican: at semicolons, or else at commas."""

    def take(each: Field, done: Translation, given: Given) -> None:
        named = called(each)
        if isinstance(each.value, Text) or named:
            words = (named or each.texts())[0].words
            # Jekyll, whose posts have a layout, divides at blanks.
            is_jekylls = "layout" in given and ours == "tags" and not {",", ";"} & set(words)
            done.add(ours, words.split() if is_jekylls else words)
        else:
            done.add(ours, [text.words for text in each.texts()])

    return take


def _tags(each: Field, done: Translation, given: Given) -> None:
    """Tags, without the `#` that some people write before each."""
    _list("tags")(each, done, given)
    said: str | list[str] = done.meta["tags"][0]
    if isinstance(said, str) and "," not in said and len(_HASH.findall(said)) == len(said.split()) > 1:
        said = said.split()
    done.meta["tags"] = [_HASH.sub("", said) if isinstance(said, str) else [_HASH.sub("", tag) for tag in said]]


def _categories(each: Field, done: Translation, given: Given) -> None:
    """The first category is the post's, as Pelican has one; the others become tags."""
    texts = [text.words for text in each.texts()]
    if isinstance(each.value, Text) and each.key == "categories":
        is_jekylls = "layout" in given and "," not in texts[0]
        texts = texts[0].split() if is_jekylls else divided(texts[0])
    if texts:
        done.meta["category"] = [" ".join(texts[0].split())]
        if texts[1:]:
            done.add("tags", texts[1:])


def _series(each: Field, done: Translation, given: Given) -> None:
    """The series of a post; a comma belongs to the name of one."""
    done.meta["series"] = [" ".join(text.words.split()) for text in called(each) or each.texts()]


def _url(each: Field, done: Translation, given: Given) -> None:
    """The address of another generator's post."""
    words = done.one(each)
    if words.lower() in fields.WITHHOLDING[("permalink", "")]:
        return
    try:
        place = place_of(words)
    except NoPlace as error:
        done.refuse(
            WITHOUT_MEANING,
            f"`{words}` cannot be the address of a post",
            each.span,
            str(error),
            help="its address is made of its date and title; write `Slug:` for another last part",
            severity="warning",
        )
        return
    done.meta["url"], done.meta["save_as"] = [place.url], [place.save_as]


def _aliases(each: Field, done: Translation, given: Given) -> None:
    texts = each.texts()
    if isinstance(each.value, Text):
        texts = divided_with_places(texts[0])
    for words, span in texts:
        if not looks_like_address(words):
            continue  # Obsidian's: another name of the note
        query = query_of(words)
        if query is not None:
            done.queries.append((query, span))
            continue
        try:
            done.aliases.append((place_of(words), span))
        except NoPlace as error:
            done.refuse(
                WITHOUT_MEANING,
                f"nothing can lead from `{words}` to this post",
                span,
                str(error),
                help="remove it, or let the web host redirect it",
                severity="warning",
            )


_MEANT: dict[str, Callable[[Field, Translation, Given], None]] = {
    "title": _text("title"),
    "date": _date("date"),
    "waits_until": _waits_until,
    "modified": _date("modified"),
    "tags": _tags,
    "authors": _list("authors"),
    "category": _categories,
    "slug": _slug,
    "url": _url,
    "summary": _text("summary"),
    "lang": lambda each, done, given: done.meta.update(lang=[done.one(each).replace("_", "-").lower()]),
    "status": take_status,
    "series": _series,
    "series_index": _text("series_index"),
    "aliases": _aliases,
}


def _take_own_address(given: Given, done: Translation) -> None:
    """Pelican's `Url:`, whose page is found there: Pelican writes it elsewhere unless `Save_as:` says where."""
    if "url" not in given or not given["url"].texts():
        return
    done.places["url"] = given["url"].span
    if "save_as" in done.meta:
        done.meta["url"] = [done.one(given["url"])]
    else:
        _url(given["url"], done, given)
