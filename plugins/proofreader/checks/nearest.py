"""Which existing name a missing one was probably meant to be."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from difflib import get_close_matches

#: How many suggestions are looked for in a round: each takes time for every name that there is.
_MOST = 40
#: Endings of texts; what has none is an address.
_TEXTS = frozenset({"", ".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm"})
#: How alike two names must be, to 1 for the same.
_ALIKE = 0.7


class Suggestions:
    """The suggestions of one round."""

    def __init__(self) -> None:
        self._left = _MOST

    def nearest(self, wanted: str, known: Collection[str]) -> str | None:
        """Return the name most like the one that is wanted: one that differs only in capitals or in its folder comes
        before one that is spelt otherwise. Nobody who writes the name of a picture means a text.
        """
        if self._left <= 0 or not wanted:
            return None
        self._left -= 1
        wanted = wanted.replace("\\", "/")
        known = [each for each in known if _is_text(each) == _is_text(wanted)]
        for same in (str.casefold, _last, _stem):
            alike = sorted(each for each in known if same(each) == same(wanted))
            if alike and same(wanted):
                return min(alike, key=lambda each: (_distance(each, wanted), each))
        by_stem: dict[str, list[str]] = {}
        for each in sorted(known):
            by_stem.setdefault(_stem(each), []).append(each)
        alike = get_close_matches(_stem(wanted), by_stem, 1, _ALIKE)
        return min(by_stem[alike[0]], key=lambda each: (_distance(each, wanted), each)) if alike else None


def _distance(one: str, other: str) -> int:
    """How many folders two paths do not have in common."""
    return len({*one.split("/")} ^ {*other.split("/")})


def _is_text(path: str) -> bool:
    return posixpath.splitext(path)[1].casefold() in _TEXTS


def _last(path: str) -> str:
    return posixpath.basename(path.rstrip("/")).casefold()


def _stem(path: str) -> str:
    return posixpath.splitext(_last(path))[0]
