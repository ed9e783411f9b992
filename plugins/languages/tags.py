"""Language tags (BCP 47): how they are written, and what is in them.

Pelican compares languages as it finds them, with DEFAULT_LANG in lower case. So a tag is kept in lower case, and is
written with the capitals that are usual where a page or a feed names it.
"""

from __future__ import annotations

from functools import lru_cache

#: Every page asks for the same few languages, many times.
remembered = lru_cache(maxsize=256)


@remembered
def kept_form(tag: str) -> str:
    """Return a tag as Pelican compares it: `es-ar` for `es_AR`."""
    return tag.strip().replace("_", "-").lower()


@remembered
def written_form(tag: str) -> str:
    """Return a tag as it is written in HTML and feeds: `zh-Hant-TW` for `zh-hant-tw`."""
    language, *others = kept_form(tag).split("-")
    return "-".join([language, *(_capitalised(each) for each in others)])


def _capitalised(subtag: str) -> str:
    """A script begins with a capital, a country is in capitals, and all else is small."""
    if subtag.isalpha() and len(subtag) == 4:
        return subtag.title()
    return subtag.upper() if subtag.isalpha() and len(subtag) == 2 else subtag


@remembered
def wider(tag: str) -> tuple[str, ...]:
    """Return the tags, from the narrowest, by which something for a language may be found: `es-ar`, `es`."""
    parts = kept_form(tag).split("-")
    return tuple("-".join(parts[:end]) for end in range(len(parts), 0, -1))


def script(tag: str) -> str:
    """Return the script that a tag names, in lower case; nothing if it names none."""
    return next((each for each in kept_form(tag).split("-")[1:] if len(each) == 4 and each.isalpha()), "")
