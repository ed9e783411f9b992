"""A title set in lines that fit a box, in any script."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice

LEADING = 1.15
#: Returns how wide a text is, as a fraction of its size.
Width = Callable[[str], float]

#: Where a line may end without a space: after each Chinese character or kana, unless a closing sign follows it.
_UNIT = re.compile(
    "[\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    "[\u3001\u3002\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\u300d\u300f\u3011\u30fc)\\]!?,.]*"
    "|[^\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def set_in_lines(title: str, sizes: tuple[int, ...], across: float, down: float, width: Width) -> tuple[int, list[str]]:
    """Return the largest of some sizes in which a title fits in a box, and its lines.

    `across` and `down` are the box, in the unit of the sizes. A title too long for the smallest ends in an ellipsis.
    """
    for size in sizes:
        most = int(down / (size * LEADING))
        lines = [*islice(_lines(title, across / size, width), most + 1)]
        if len(lines) <= most:
            return size, lines
    return sizes[-1], [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]


def _lines(title: str, widest: float, width: Width) -> Iterator[str]:
    """Yield the lines of a title one by one: no card has room for all those of a long one."""
    line = ""
    for unit in _units(title):
        if width((line + unit).strip()) <= widest:
            line += unit
            continue
        if line.strip():
            yield line.strip()
        line = unit.strip()
        while width(line) > widest:
            fits = _end_of_letter(line, bisect_right(range(1, len(line)), widest, key=lambda end: width(line[:end])))
            yield line[:fits]
            line = line[fits:]
    if line.strip():
        yield line.strip()


def _units(title: str) -> Iterator[str]:
    """What may not be broken, each with the space before it."""
    for word in title.split():
        for number, unit in enumerate(_UNIT.findall(word)):
            yield unit if number else f" {unit}"


def _end_of_letter(text: str, end: int) -> int:
    """The last place before `end`, or the first, at which no sign is cut from the letter that it belongs to."""
    at = max(end, 1)
    while at > 1 and _belongs_to_letter_before(text, at):
        at -= 1
    return at


def _belongs_to_letter_before(text: str, at: int) -> bool:
    is_part = unicodedata.category(text[at]) in ("Mn", "Mc", "Me", "Cf") or text[at - 1] == "\u200d"
    return is_part or "VIRAMA" in unicodedata.name(text[at - 1], "")
