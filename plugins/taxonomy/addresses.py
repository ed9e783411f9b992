"""The words of an address for a name in which signs matter.

A name alone decides on them, so an address stays as other names come and go. Only where two different names come to the
same words, such as Cafe and Café, the one of which something was lost has all of it in its address.
"""

import logging
import re
import unicodedata
from typing import Any

from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

#: What signs are called by those who use them in names. Others, such as quotation marks, are left out, as Pelican does.
_SPOKEN = {
    "+": "plus", "#": "sharp", ".": "dot", "*": "star", "/": "slash", "&": "and", "@": "at", "%": "percent",
    "=": "equals", "$": "dollar", "~": "tilde", "^": "caret", "<": "less", ">": "greater", "|": "pipe",
    "\\": "backslash",
}  # fmt: skip
_PELICANS_RULES: list[tuple[str, str]] = DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]
_OUR_RULES = [*((re.escape(sign), f" {words} ") for sign, words in _SPOKEN.items()), *_PELICANS_RULES]
#: The kinds of names in which signs are spelled. In names of people dots are only dots.
_SPELLED = ("TAG", "CATEGORY", "SERIES")


def rules(kind: str, settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the rules by which an address is made of a name; `kind` is TAG, CATEGORY, AUTHOR or SERIES."""
    found: list[tuple[str, str]] = settings.get(f"{kind}_REGEX_SUBSTITUTIONS", settings["SLUG_REGEX_SUBSTITUTIONS"])
    return found


def has_own_rules(kind: str, settings: dict[str, Any]) -> bool:
    """Return whether a site has rules of its own for a kind of names: for just that kind, they may be Pelican's."""
    named = settings.get(f"{kind}_REGEX_SUBSTITUTIONS")
    return rules(kind, settings) != _PELICANS_RULES if named is None else named != _OUR_RULES


def _is_news(record: logging.LogRecord) -> bool:
    """Whether something else is wrong with a name than that Pelican makes no address of it: all get one here."""
    return not str(record.msg).startswith("Unable to generate valid slug for")


def spell_signs(pelican: Pelican) -> None:
    """Have Pelican spell signs in addresses, unless the site says itself what becomes of them."""
    logging.getLogger("pelican.urlwrappers").addFilter(_is_news)
    settings = pelican.settings
    for kind in _SPELLED:
        if f"{kind}_REGEX_SUBSTITUTIONS" not in settings and not has_own_rules(kind, settings):
            settings[f"{kind}_REGEX_SUBSTITUTIONS"] = _OUR_RULES


def full_words(name: str, settings: dict[str, Any]) -> str:
    """Return words for an address in which nothing of a name is lost: its letters as they are, and each sign by its
    Unicode name, such as `question-mark`.
    """
    spelled = "".join(
        each if _is_of_a_word(each) else f" {unicodedata.name(each, f'u{ord(each):x}').lower()} "
        for each in unicodedata.normalize("NFC", name)
    )
    keeps_case = bool(settings.get("SLUGIFY_PRESERVE_CASE"))
    return str(slugify(spelled, [*_PELICANS_RULES], preserve_case=keeps_case, use_unicode=True))


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character in " -_" or unicodedata.category(character).startswith("M")
