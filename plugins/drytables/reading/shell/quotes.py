"""The shell's quoting, as far as it can be followed without a parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

#: What `$'…'` makes of a backslash and one character. bash(1), QUOTING.
_ANSI_C = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ANSI_C_CODE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))")


@dataclass(slots=True)
class Quoting:
    """How far the quotes of a text were followed, which can be given line by line: the quote or backtick that is open,
    where it stands in the piece that was given last, and whether a word has begun.
    """

    quote: str = ""
    opened: int | None = None
    is_word: bool = False

    def follow(self, text: str) -> None:
        """Goes on in a piece of text."""
        at = 0
        while at < len(text):
            char = text[at]
            if char == "\\" and self.quote != "'":
                at += 2
                self.is_word = True
                continue
            if self.quote:
                if char == self.quote:
                    self.quote, self.opened = "", None
            elif char in "'\"`":
                self.quote, self.opened = char, at
            elif char == "#" and not self.is_word:
                at = text.find("\n", at)
                if at < 0:
                    return
            self.is_word = bool(self.quote) or not text[at].isspace()
            at += 1


def open_quote(text: str) -> int | None:
    """The index of the quote or backtick that is still open at the end of the text, or None."""
    quoting = Quoting()
    quoting.follow(text)
    return quoting.opened


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """The half-open ranges of what is quoted, quotes included, and of comments; one left open goes to the end."""
    found: list[tuple[int, int]] = []
    at, opened = 0, 0
    quote, is_word = "", False
    while at < len(text):
        char = text[at]
        if char == "\\" and quote != "'":
            at += 2
            is_word = True
            continue
        if quote:
            if char == quote:
                found.append((opened, at + 1))
                quote = ""
        elif char in "'\"":
            quote, opened = char, at
        elif char == "#" and not is_word:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            found.append((at, end))
            at = end
            continue
        is_word = bool(quote) or not char.isspace()
        at += 1
    return [*found, (opened, len(text))] if quote else found


def overlaps(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of some ranges, which are in order and apart from each other, has a part of another range."""
    place = bisect_right(ranges, start, key=end_of)
    return place < len(ranges) and ranges[place][0] < end


def end_of(each: tuple[int, int]) -> int:
    """The index after a range, by which ranges in order can be searched."""
    return each[1]


def ansi_c_escape(text: str, at: int) -> tuple[str, int]:
    """What the escape at `text[at]`, a backslash inside `$'…'`, stands for, and the index after it."""
    code = _ANSI_C_CODE.match(text, at)
    if code:
        number = int(code[1], 8) & 0xFF if code[1] else int(code[2] or code[3] or code[4], 16)
        return (chr(number) if 0 < number < 0x110000 else ""), code.end()
    char = text[at + 1 : at + 2]
    if char in _ANSI_C:
        return _ANSI_C[char], at + 2
    return (char, at + 2) if char and char in "\\'\"?" else ("\\", at + 1)
