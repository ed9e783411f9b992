"""Dates in the reader's language, whichever locales the machine has.

A format is one of strftime's, as in the settings. It is followed to the letter in English, where DATE_FORMATS has it
for the language, and where words in it show that it was written for the language of the site (`%d de %B`). Elsewhere
`%B %Y` asks for a month and a year, and gets them as they are usual in the language: `marzo de 2012`, `2012年3月`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from .tags import kept_form, wider

_DIRECTIVE = re.compile(r"%(-?[A-Za-z%])")
_NAMES = frozenset({"B", "b", "A", "a"})


def date_in(language: str, when: date, form: str, settings: Mapping[str, Any]) -> str:
    """Return a date in a language and a format; `settings` are those of the site."""
    directives: list[str] = _DIRECTIVE.findall(form)
    if wider(language)[-1] == "en" or _NAMES.isdisjoint(directives):
        return when.strftime(form)
    from .cldr import date_of_fields, names_of_time

    if not _is_meant_for(language, form, settings):
        usual = date_of_fields(language, when, directives)
        if usual is not None:
            return usual
    names = names_of_time(language, when)
    spelled = _DIRECTIVE.sub(
        lambda found: names.get(found[1], found[0]).replace("%", "%%") if found[1] in names else found[0], form
    )
    return when.strftime(spelled)


def _is_meant_for(language: str, form: str, settings: Mapping[str, Any]) -> bool:
    """Whether a format is the one of a language, rather than one for whatever language there may be."""
    own = format_of(language, settings)
    if own is not None:
        return own == form
    is_of_the_site = kept_form(language) == kept_form(settings["DEFAULT_LANG"])
    return is_of_the_site and any(letter.isalpha() for letter in _DIRECTIVE.sub("", form))


def format_of(language: str, settings: Mapping[str, Any]) -> str | None:
    """Return the format that DATE_FORMATS has for a language, or for the wider one; None if it has none."""
    return next((settings["DATE_FORMATS"][tag] for tag in wider(language) if tag in settings["DATE_FORMATS"]), None)
