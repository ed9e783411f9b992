"""The leftovers of a text: one for each thing that was left, however often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .kinds import KINDS, Kind

#: How far after its beginning something may be closed, in characters.
_FARTHEST = 20_000


class Leftover(NamedTuple):
    """What was left: the number of its kind in `KINDS`, its name, where it is first, and how many more there are. Its
    line and column count from 1.
    """

    kind: int
    name: str
    start: int
    end: int
    line: int
    column: int
    others: int = 0


def leftovers(text: str) -> tuple[Leftover, ...]:
    """Those of a Markdown text, in its order. A text without a sign of any is not taken apart."""
    kinds = [number for number, kind in enumerate(KINDS) if any(sign in text for sign in kind.signs)]
    if not any(KINDS[number].pattern.search(text) for number in kinds):
        return ()
    from .prose import prose  # which has all of the dialects of Markdown loaded; few texts need it

    words = prose(text)
    first: dict[tuple[int, str], Leftover] = {}
    for number in kinds:
        for name, start, end in _found(KINDS[number], words):
            known = first.get((number, name))
            if known is None:
                line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
                first[number, name] = Leftover(number, name, start, end, line, column)
            else:
                first[number, name] = known._replace(others=known.others + 1)
    return tuple(sorted(first.values(), key=lambda each: each.start))


def _found(kind: Kind, words: str) -> Iterator[tuple[str, int, int]]:
    for match in kind.pattern.finditer(words):
        name = match["name"].strip()
        is_more = not kind.needs_more or "=" in match[0] or "://" in match[0]
        if is_more or words.find(f"[/{name}]", match.end(), match.end() + _FARTHEST) >= 0:
            # All that asks for the same change is one thing, such as a hundred wiki links.
            yield name.lower() if name.lower() in kind.instead else "", match.start(), match.end()
