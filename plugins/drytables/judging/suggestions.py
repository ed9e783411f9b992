"""Which of several names was meant, by the number of typos between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..reading.lookalikes import in_latin

#: What joins words in the names of chains.
_JOINERS = str.maketrans("", "", "_-.")


@lru_cache(maxsize=4096)
def edit_distance(left: str, right: str, most: int = 3) -> int:
    """How many letters were left out, added, replaced or swapped with their neighbour; `most` + 1 if more than `most`.

    >>> edit_distance("ACCPET", "ACCEPT"), edit_distance("--dprot", "--dport"), edit_distance("INPT", "INPUT")
    (1, 1, 1)
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    left, right = _apart(left, right)
    # If one letter was replaced, or two were swapped, no more than these remain.
    if most == 1 and max(len(left), len(right)) > 2:
        return 2
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _apart(left: str, right: str) -> tuple[str, str]:
    """Two words without their common prefix and suffix."""
    start = _common(left, right)
    left, right = left[start:], right[start:]
    end = _common(left[::-1], right[::-1])
    return left[: len(left) - end], right[: len(right) - end]


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was most likely meant, or None if none is close; a longer word may have more typos."""
    most = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    best: tuple[int, int, str] | None = None
    for choice in choices:
        distance = 0 if choice.lower() == word.lower() else edit_distance(word.lower(), choice.lower(), most)
        if distance <= most and (best is None or (distance, -_common(word, choice), choice) < best):
            best = distance, -_common(word, choice), choice
    return best[2] if best else None


#: What a sentence, a list or emphasis leaves at the end of a name; `_` and letters make a name of its own.
_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"


def without_signs(name: str) -> str:
    """A name without the punctuation before and after it.

    >>> without_signs("*ACCEPT*,"), without_signs("ACCEPT_")
    ('ACCEPT', 'ACCEPT_')
    """
    return name.strip(_SIGNS)


def has_sign_glued(name: str, known: str) -> bool:
    """Whether a name is a known one with punctuation before or after it: `ACCEPT.`, `DROP*`.

    >>> has_sign_glued("ACCEPT,", "ACCEPT"), has_sign_glued("ACCEPT", "ACCEPT"), has_sign_glued("ACCEPT_", "ACCEPT")
    (True, False, False)
    """
    return name != known and without_signs(name) == known


def is_typo_of(name: str, known: str) -> bool:
    """Whether a chain's name is so close to a known one that it must be a typo, not a name of its own.

    A typo is another case, two letters swapped, one replaced, left out or doubled, a sign too many (`POST_ROUTING`) or
    glued to it, or letters of another script that look the same. An extra letter at an end (`LOG2`, `DROPS`) makes a
    name of its own, and so does any difference in a short name.
    """
    if has_sign_glued(name, known) or in_latin(name) == known:
        return True
    if name == known:
        return False
    if f"{name[:1]}{name[1:-1].translate(_JOINERS)}{name[-1:]}".upper() == known:
        return True
    if abs(len(name) - len(known)) > 1 or len(known) < 4 or edit_distance(name.upper(), known, 1) > 1:
        return False
    if len(name) == len(known) + 1:
        return any(name[:i] + name[i + 1 :] == known and name[i] in name[i + 1 : i + 2] for i in range(len(name)))
    return True


def _common(left: str, right: str) -> int:
    """The length of the common prefix of two words."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
