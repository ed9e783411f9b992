"""Which addresses of a site were probably meant by a request for a missing one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

#: How alike two addresses must be, where 1 is the same, and how many are named.
_ALIKE, _NAMED = 0.6, 4


def nearest(address: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses most like one, the best first. One that begins like it is like it: people leave off the end.

    A name that is under another year is like it, too.
    """
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(address)
    name = _name(address)
    found = []
    for each in addresses:
        alike = max(_alike(matcher, each), _alike(matcher, each[: len(address)]) - 0.01, 0.99 * (name == _name(each)))
        if alike >= _ALIKE:
            found.append((-alike, each))
    return tuple(each for _, each in sorted(found)[:_NAMED])


def _alike(matcher: SequenceMatcher[str], address: str) -> float:
    """How alike two addresses are; 0 if that is known to be too little without looking closely."""
    matcher.set_seq1(address)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    return matcher.ratio()


def _name(address: str) -> str:
    """The last part of an address that is not empty."""
    return address.rstrip("/").rpartition("/")[2]
