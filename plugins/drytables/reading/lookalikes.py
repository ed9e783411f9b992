"""Letters of other scripts that look like Latin ones, as a keyboard left in another layout types them."""

from __future__ import annotations

import re
import unicodedata

from .pattern import pattern

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝ", "ABESIJKMHOPCTYXaesijopcyxdhqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοχ", "ABEZHIKMNOPTYXaiox", strict=True))
_LATIN = {**_CYRILLIC, **_GREEK, **{chr(ord(each) + 0xFEE0): each for each in map(chr, range(0x21, 0x7F))}}
_TRANSLATION = str.maketrans(_LATIN)
#: What cannot be a word of another language: an option, or letters of two scripts in one word.
_OPTION = pattern(r"--?[A-Za-z][\w-]*", re.ASCII)
_MIXED = pattern(r"[A-Z]+|[a-z]+")
#: Names of iptables that can be written with Cyrillic letters alone.
_WHOLLY = frozenset({"ACCEPT", "TCP"})


def in_latin(text: str) -> str | None:
    """A text with the Latin letters that its others look like; None if there are none, or one looks like no other."""
    if text.isascii():
        return None
    latin = text.translate(_TRANSLATION)
    return latin if latin.isascii() else None


def is_lookalike(text: str) -> bool:
    """Whether a word with letters of another script must have been meant in Latin ones: `-А`, `АCCEPT`, `tсp`."""
    latin = in_latin(text)
    if latin is None:
        return False
    if latin.startswith("-"):
        return bool(_OPTION.fullmatch(latin))
    is_mixed = any(each.isascii() and each.isalpha() for each in text)
    return latin in _WHOLLY or (is_mixed and bool(_MIXED.fullmatch(latin)))


def first_lookalike(text: str) -> str:
    """What to call the first letter of another script in a text: `the Cyrillic letter А`."""
    letter = next(each for each in text if not each.isascii())
    script = unicodedata.name(letter).partition(" ")[0].capitalize()
    return f"a full-width {letter}" if script == "Fullwidth" else f"the {script} letter {letter}"
