"""Which release of nft a form needs: seen with nft 0.9.8, 1.0.6, 1.1.3 and 1.1.7, which were given every form.

A release between two of these may take a form as well, so the first of them that does is reported.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..reading.pattern import pattern

#: What older releases refuse, with the first release tried that takes it; all others are taken by 0.9.8.
_FORMS = (
    (pattern(r" (?:dscp|ecn|flags) set \S+ \S+ (?:and|or|xor) | mark and \S+ or (?:ct )?mark "), "1.1.3"),
    (pattern(r" dccp option |^reset rules "), "1.1.3"),
    (pattern(r" flags (?:!= )?\S+ / | (?:state|status|flags) ! | socket cgroupv2 | sctp chunk "), "1.0.6"),
    (pattern(r" @ih,| reset tcp option "), "1.0.6"),
)

#: The release before each of those that was tried.
_BEFORE = {"1.1.3": "1.0.6", "1.0.6": "0.9.8"}


def needed(lines: Iterable[str]) -> str:
    """The first release tried that takes all of some lines; empty if 0.9.8 does."""
    text = "\n".join(lines)
    return next((release for form, release in _FORMS if form.search(text)), "")


def in_words(release: str) -> str:
    """What to tell of a release that is needed."""
    return f"nft {release} takes it, and {_BEFORE[release]} does not"
