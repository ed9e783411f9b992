"""How a block of code is to be shown, as the options of its fence say: its title, marked lines, and numbers.

They are those of pymdown-extensions: `title="…"`, `hl_lines="2 4-6"` and `linenums="1"`. Lines may also be named as
other generators do it: `{2,4-6}` and `{hl_lines=[2,"4-6"]}`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...reading.fence import Fence
from ...reading.pattern import pattern

_NAMED_ALONE = pattern(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")
_RANGE = pattern(r"(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?")
_NUMBER = pattern(r"\s*(?P<number>\d{1,6})")


@dataclass(frozen=True, slots=True)
class Display:
    """`marked` are the numbers of lines, from 1; `first_number` is that of the first line, None if none are shown."""

    title: str = ""
    marked: frozenset[int] = frozenset()
    first_number: int | None = None


PLAIN = Display()


def display_of(fence: Fence) -> Display:
    """What the options of a fence say."""
    if not fence.marks:
        return PLAIN
    values = {key: mark.value or "" for key, mark in fence.marks.items()}
    named = [values.get("hl_lines", ""), *(key for key in values if _NAMED_ALONE.fullmatch(key))]
    count = fence.code.text.count("\n") + 1
    number = _NUMBER.match(values.get("linenums", ""))
    return Display(
        values.get("title", "").strip(),
        frozenset(line for words in named for line in _lines(words, count)),
        int(number["number"]) or None if number else None,
    )


def _lines(words: str, count: int) -> list[int]:
    """The lines that some words name, of a block of `count` lines."""
    lines: list[int] = []
    for each in _RANGE.finditer(words):
        lines += range(int(each["first"]), min(int(each["last"] or each["first"]), count) + 1)
    return lines
