"""What Unicode's CLDR knows of languages, through Babel: loaded only when a site has a language other than English."""

from __future__ import annotations

from babel import Locale
from babel.core import UnknownLocaleError, get_global

from .tags import wider, written_form


def plural_of(language: str, count: int) -> str:
    """Return the name of the plural form that a language has for a number; `other` if Babel does not know it."""
    locale = locale_of(language)
    return str(locale.plural_form(count)) if locale else "other"


def locale_of(language: str) -> Locale | None:
    """Return the locale of a language, or of the wider one (`es` for `es-419-x-house`); None if Babel has neither."""
    for tag in wider(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def likely_script(tag: str) -> str:
    """Return the script, in lower case, that text in a language is likely to be in (`arab` for `az-IR`); nothing for a
    language that nobody knows.
    """
    likely = get_global("likely_subtags")
    for each in wider(tag):
        language, *others = written_form(each).split("-")
        full = likely.get("_".join([language, *others]))
        if full:
            return str(full).split("_")[1].lower()
    return ""
