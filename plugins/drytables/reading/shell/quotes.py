"""The shell's quoting, as far as it can be followed without a parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..pattern import pattern

#: What `$'…'` turns a backslash and one character into. bash(1), QUOTING.
_ANSI_C = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ANSI_C_CODE = pattern(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))")


#: An escape, a quote, or a comment where no word has begun; what is searched for next in unquoted text.
_UP_TO_OPENING = pattern(r"""[\\'"`]|(?<!\S)\#""")
#: What is searched for next after a quote: an escape, except between single quotes, or the closing quote.
_UP_TO_CLOSING = {"'": pattern("'"), '"': pattern(r"""[\\"]"""), "`": pattern(r"[\\`]")}
#: A whole escape, quoted part or comment. After an escape, even of a space, `#` continues the word. None of the
#: patterns can backtrack, so that each character is scanned once.
_ESCAPE_OR_COMMENT = r"\\.\#*+|(?<!\S)\#[^\n]*+"
_QUOTED = pattern(
    rf"""{_ESCAPE_OR_COMMENT}|'[^']*+'?|"(?:[^"\\]++|\\.)*+["\\]?""",
    re.DOTALL,
)
_QUOTED_OR_RUN = pattern(
    rf"""{_ESCAPE_OR_COMMENT}|'[^']*+'|"(?:[^"\\]++|\\.)*+"|`(?:[^`\\]++|\\.)*+`|(?P<open>['"`])""",
    re.DOTALL,
)


@dataclass(slots=True)
class Quoting:
    """How far the quotes of a text, which can be given line by line, have been followed: the open quote or backtick,
    its place in the piece that was given last, and whether a word has begun.
    """

    quote: str = ""
    opened: int | None = None
    is_word: bool = False

    def follow(self, text: str) -> None:
        """Continue with a piece of text."""
        at = 0
        # Within a word, `#` does not begin a comment even if nothing, or an escaped space, precedes it.
        within_word = 0 if self.is_word else -1
        while at < len(text):
            match = (_UP_TO_CLOSING[self.quote] if self.quote else _UP_TO_OPENING).search(text, at)
            if match is None:
                self.is_word = bool(self.quote) or not text[-1].isspace()
                return
            at = match.end()
            self.is_word = True
            if match[0] == "\\":
                at = within_word = at + 1
            elif self.quote:
                self.quote, self.opened = "", None
            elif match[0] != "#":
                self.quote, self.opened = match[0], match.start()
            elif match.start() != within_word:
                self.is_word = False
                at = text.find("\n", at) + 1 or len(text)


def open_quote(text: str) -> int | None:
    """The index of the quote or backtick that is still open at the end of the text, or None."""
    return next((match.start() for match in _QUOTED_OR_RUN.finditer(text) if match["open"] is not None), None)


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """The half-open ranges of quoted text, including the quotes, and of comments; an open one runs to the end."""
    return [match.span() for match in _QUOTED.finditer(text) if match[0][0] != "\\"]


def overlaps(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of some ranges, sorted and disjoint, overlaps another range."""
    place = bisect_right(ranges, start, key=end_of)
    return place < len(ranges) and ranges[place][0] < end


def end_of(each: tuple[int, int]) -> int:
    """The end of a range, as the key for searching sorted ranges."""
    return each[1]


def ansi_c_escape(text: str, at: int) -> tuple[str, int]:
    """The character that the escape at `text[at]`, a backslash inside `$'…'`, stands for, and the index after it."""
    code = _ANSI_C_CODE.match(text, at)
    if code:
        number = int(code[1], 8) & 0xFF if code[1] else int(code[2] or code[3] or code[4], 16)
        return (chr(number) if 0 < number < 0x110000 else ""), code.end()
    char = text[at + 1 : at + 2]
    if char in _ANSI_C:
        return _ANSI_C[char], at + 2
    return (char, at + 2) if char and char in "\\'\"?" else ("\\", at + 1)
