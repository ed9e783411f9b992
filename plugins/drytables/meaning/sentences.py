"""Sentences with gaps: what the tables of options say, with a value filled in."""

from __future__ import annotations

from functools import lru_cache

from ..grammar.values.wording import counted
from ..reading.pattern import pattern

#: The wording for what is not negated, and for what is.
_CHOICE = pattern(r"\{([^{|}]*)\|([^{|}]*)\}")

#: The value, and so many of something.
_VALUE = pattern(r"\{value(?::([a-z]+))?\}")


def filled(sentence: str, negated: bool, value: str) -> str:
    """A sentence as `Option` describes it, worded for a negated or a plain option, with its value in words."""
    begins, *gaps = _pieces(sentence, negated)
    for noun, goes_on in zip(gaps[::2], gaps[1::2], strict=True):
        begins += f"{counted(value, noun) if noun else value}{goes_on}"
    return begins


@lru_cache(maxsize=1024)
def _pieces(sentence: str, negated: bool) -> list[str]:
    """The words of a sentence up to its first gap; then, for each gap, what it counts, and the words after it."""
    chosen = _CHOICE.sub(r"\2" if negated else r"\1", sentence.replace("{not }", "{|not }"))
    return [piece or "" for piece in _VALUE.split(chosen)]
