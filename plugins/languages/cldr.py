"""What Unicode's CLDR knows of languages, through Babel: loaded only when a site has a language other than English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.dates import format_date, format_skeleton

from .tags import kept_form, wider, written_form

#: What a tag consists of: a language, a script, a country or region, variants, extensions, and what is agreed upon.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<territory>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
#: Languages whose own names are understood in place of their tags.
_NAMED_BY_THEMSELVES = (
    "ar", "cs", "da", "de", "el", "es", "eu", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nb", "nl",
    "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip
_ALSO_CALLED = {
    "castellano": "es", "castilian": "es", "farsi": "fa", "mandarin": "zh", "cantonese": "yue", "flemish": "nl-BE",
}  # fmt: skip
#: A locale of a system, such as `de_de.utf-8` or `sr@latin`, or the first of several tags.
_LOCALE = re.compile(r"(?P<tag>[a-z]{2,3}(?:-[a-z0-9]{2,4})?)(?:\.[^@]*)?(?:@(?P<modifier>[a-z]+)|[ ,;/].*)?\Z")
_MODIFIERS = {"latin": "-latn", "cyrillic": "-cyrl", "devanagari": "-deva"}
#: Directives of strftime, and CLDR's letters for the same.
_FIELDS = {"Y": "y", "B": "MMMM", "b": "MMM", "d": "d", "-d": "d", "e": "d"}
_WEEKDAYS = frozenset({"A", "a"})


def locale_of(language: str) -> Locale | None:
    """Return the locale of a language, or of the wider one (`es` for `es-419-x-house`); None if Babel has neither."""
    for tag in wider(language):
        try:
            return Locale.parse(written_form(tag), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def plural_of(language: str, count: int) -> str:
    """Return the name of the plural form that a language has for a number; `other` if Babel does not know it."""
    locale = locale_of(language)
    return str(locale.plural_form(count)) if locale else "other"


def own_name(language: str) -> str:
    """Return the name of a language in that language, such as `Español (Argentina)`; the tag if Babel has none."""
    locale = locale_of(language)
    name = locale.get_display_name() if locale else None
    return name[0].upper() + name[1:] if name else written_form(language)


def likely_script(tag: str) -> str:
    """Return the script, in lower case, that text in a language is likely to be in (`arab` for `az-IR`); nothing for a
    language that nobody knows.
    """
    likely = get_global("likely_subtags")
    for each in wider(tag):
        full = likely.get(written_form(each).replace("-", "_"))
        if full:
            return str(full).split("_")[1].lower()
    return ""


def names_of_time(language: str, when: date) -> dict[str, str]:
    """Return what strftime's directives for names stand for in a language: `B`, `b`, `A` and `a`."""
    locale = locale_of(language) or Locale("en")
    return {letter: format_date(when, field, locale) for letter, field in _NAME_FIELDS.items()}


_NAME_FIELDS = {"B": "LLLL", "b": "LLL", "A": "cccc", "a": "ccc"}


def date_of_fields(language: str, when: date, directives: list[str]) -> str | None:
    """Return a date with the parts that some directives of strftime ask for, in the order and with the words that are
    usual in a language; None if it has no usual form for these.
    """
    locale = locale_of(language)
    if locale is None or len({*directives}) != len(directives):
        return None
    if not _WEEKDAYS.isdisjoint(directives):
        is_whole = {"Y", "B"} <= {*directives} and len(directives) == 4
        return format_date(when, "full", locale) if is_whole else None
    fields = [_FIELDS.get(each) for each in directives]
    skeleton = "".join(field for field in ("y", "MMMM", "MMM", "d") if field in fields)
    if None in fields or skeleton not in {"yMMMM", "yMMM", "yMMMMd", "yMMMd", "MMMMd", "MMMd"}:
        return None
    try:
        return str(format_skeleton(skeleton, when, locale=locale))
    except KeyError:
        return None


def fault_in_tag(tag: str) -> str | None:
    """Return what is wrong with a language tag, as the end of a sentence; None if nothing is."""
    parts = _TAG.fullmatch(kept_form(tag))
    if parts is None:
        return "is not a language tag"
    english = Locale("en")
    language, script, territory = parts["language"], parts["script"], parts["territory"]
    if language not in english.languages and language not in get_global("likely_subtags"):
        return f"names no known language: `{language}`" if language != kept_form(tag) else "is not a language"
    if script and script.title() not in english.scripts:
        return f"names no script that is known: `{script}`"
    if territory and territory.upper() not in english.territories:
        return f"names no country that is known: `{territory}`"
    return None


def meant_by(tag: str) -> str:
    """Return the tag that a wrong one was probably meant to be (`es` for `Spanish`, `en-GB` for `en-UK`); nothing if
    that cannot be guessed.
    """
    wanted = kept_form(tag)
    parts = _TAG.fullmatch(wanted)
    if parts is None:
        locale = _LOCALE.match(wanted)
        if locale and fault_in_tag(locale["tag"]) is None:
            return written_form(locale["tag"] + _MODIFIERS.get(locale["modifier"], ""))
        if wanted in _ALSO_CALLED:
            return _ALSO_CALLED[wanted]
        return next((code for code, name in _names_of_languages() if name.casefold() == wanted), "")
    language, territory = parts["language"], parts["territory"]
    if territory and fault_in_tag(language) is None:
        current = get_global("territory_aliases").get(territory.upper())
        return f"{language}-{current[0]}" if current else language
    alias = get_global("language_aliases").get(language)
    country = get_global("likely_subtags").get(f"und_{language.upper()}")
    return str(alias or country or "").split("_")[0]


def _names_of_languages() -> Iterator[tuple[str, str]]:
    """The names of languages with their tags: in English, and of those that are often met in themselves."""
    yield from Locale("en").languages.items()
    yield from ((code, Locale(code).get_display_name() or "") for code in _NAMED_BY_THEMSELVES)
