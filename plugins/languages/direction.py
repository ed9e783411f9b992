"""Which way the text of a language runs."""

from __future__ import annotations

from .tags import remembered, script, wider

#: Scripts that run from right to left and are in use, as ISO 15924 names them.
_RIGHT_TO_LEFT_SCRIPTS = frozenset({
    "adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi",
})  # fmt: skip
#: Languages whose script need not be looked up.
_LATIN = frozenset({"en", "es"})
#: What keeps words in their direction within a text of the other one (UAX #9), also in an attribute, and ends that.
_ISOLATE, _END = {"ltr": "\u2066", "rtl": "\u2067"}, "\u2069"


@remembered
def direction(tag: str) -> str:
    """Return which way text in a language runs: `rtl` or `ltr`."""
    written_in = script(tag) or usual_script(tag)
    return "rtl" if written_in in _RIGHT_TO_LEFT_SCRIPTS else "ltr"


def usual_script(tag: str) -> str:
    """Return the script that a language is written in where its tag names none; nothing if nobody knows."""
    if wider(tag)[-1] in _LATIN:
        return "latn"
    from .cldr import likely_script

    return likely_script(tag)


def isolated(words: str, language: str, *, within: str) -> str:
    """Return words in a language so that they keep their direction within a text in another one."""
    runs = direction(language)
    return words if runs == direction(within) else f"{_ISOLATE[runs]}{words}{_END}"
