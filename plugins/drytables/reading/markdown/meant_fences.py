"""The fences in an open fence, as their author meant them: CommonMark takes all of it for one.

The author forgot a closing line, or typed a wrong one. Then each opening line with a language begins another fence, and
lines that look like a fence's end close it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..excerpt import Excerpt
from ..pattern import pattern

_FENCE = pattern(r"(?P<lead>[ \t]*)(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)\n?")


class MeantFence(NamedTuple):
    """One fence: its lines, from that which opens the open one (0), what its first line says, and its code."""

    first: int
    after: int
    mark: str
    info: str
    code: Excerpt
    is_closed: bool


def meant_fences(code: Excerpt, mark: str, info: str) -> Iterator[MeantFence]:
    """The fences in what an open fence contains; that itself is the first, and has the `mark` and `info`."""
    lines = code.lines()
    first, inside = 0, list[Excerpt]()
    is_open, lead = True, 0
    for number, line in enumerate(lines, 1):
        match = _FENCE.fullmatch(line.text) if "```" in line.text or "~~~" in line.text else None
        if match is None or (is_open and match["mark"][0] != mark[0]):
            if is_open:
                inside.append(line.cut(min(lead, _blanks(line.text)), len(line.text)))
            continue
        is_end = is_open and not match["info"].strip()
        if is_open:
            yield MeantFence(first, number + is_end, mark, info, Excerpt.join(inside), is_end)
        is_open = not is_end
        if is_open:
            first, inside, lead = number, [], len(match["lead"])
            mark, info = match["mark"], match["info"]
    if is_open:
        yield MeantFence(first, len(lines) + 1, mark, info, Excerpt.join(inside), is_closed=False)


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))
