"""A command line split into arguments by a program other than a shell: systemd, or what splits words as POSIX does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..holes import arity_of, widest
from ..pattern import pattern
from ..placeholders import find_placeholders
from ..word import Arity
from .carried import Argument

_BLANKS = " \t\r\n"
_RUN = pattern(r"""[^\s\\'"$%{}<>\[\]]+""")

#: What an escape at an index of a text stands for, and the index after it.
Escape = Callable[[str, int], tuple[str, int]]


class Splitting(NamedTuple):
    """How a program splits a line: what a backslash does outside of quotes, within double and within single ones; what
    is replaced by something unknown; what stands for a character that would begin such a part; and which words may be
    several, or none.
    """

    bare: Escape
    double: Escape
    single: Escape
    hole: re.Pattern[str]
    doubled: tuple[str, ...] = ()
    splits: re.Pattern[str] = pattern(r"(?!)")


def split(line: Excerpt, splitting: Splitting) -> list[Argument] | None:
    """The arguments of a line; None if a quote is never closed."""
    reader = _Reader(line, splitting)
    arguments: list[Argument] = []
    at = 0
    while True:
        while at < len(line.text) and line.text[at] in _BLANKS:
            at += 1
        if at == len(line.text):
            return arguments
        read = reader.word(at)
        if read is None:
            return None
        argument, at = read
        arguments.append(argument)


class _Reader:
    """Reads words of one line."""

    def __init__(self, line: Excerpt, splitting: Splitting) -> None:
        self.line = line
        self.splitting = splitting
        self.placeholders = find_placeholders(line.text)
        self.ends = [end for _, end in self.placeholders]

    def word(self, start: int) -> tuple[Argument, int] | None:
        """The word that begins at an index, and the index after it; None if a quote in it is never closed."""
        text = self.line.text
        pieces: list[Excerpt] = []
        holes: list[tuple[int, int]] = []
        arities: list[Arity] = []
        length = 0
        at, quote = start, ""
        while at < len(text) and (quote or text[at] not in _BLANKS):
            if text[at] == quote or (not quote and text[at] in "'\""):
                quote = "" if quote else text[at]
                at += 1
                continue
            piece, after, is_hole = self.piece(at, quote)
            if is_hole:
                holes.append((length, length + len(piece.text)))
                arities.append(arity_of(piece.text, is_quoted=bool(quote) or piece.text[0] in "$%"))
            pieces.append(piece)
            length += len(piece.text)
            at = after
        if quote:
            return None
        span = self.line.span(start, at)
        arity = "split" if self.splitting.splits.fullmatch(self.line.text, start, at) else widest(arities)
        return Argument(Excerpt.join(pieces), span, tuple(holes), arity), at

    def piece(self, at: int, quote: str) -> tuple[Excerpt, int, bool]:
        """What stands at an index, the index after it, and whether it is unknown."""
        text, splitting = self.line.text, self.splitting
        for doubled in splitting.doubled:
            if text.startswith(doubled, at):
                return Excerpt.written_for(doubled[0], self.line.span(at, at + len(doubled))), at + len(doubled), False
        end = self.end_of_hole(at, quote)
        if end:
            return self.line.cut(at, end), end, True
        if text[at] == "\\":
            escape = splitting.double if quote == '"' else splitting.single if quote else splitting.bare
            char, after = escape(text, at)
            return Excerpt.written_for(char, self.line.span(at, after)), after, False
        run = _RUN.match(text, at)
        after = run.end() if run else at + 1
        return self.line.cut(at, after), after, False

    def end_of_hole(self, at: int, quote: str) -> int:
        """The index after the unknown part that begins at an index; 0 if none does."""
        hole = self.splitting.hole.match(self.line.text, at)
        if hole:
            return hole.end()
        place = bisect_right(self.ends, at)
        if quote or place == len(self.ends) or self.placeholders[place][0] != at:
            return 0
        return self.ends[place]


def _literal(text: str, at: int) -> tuple[str, int]:
    return "\\", at + 1


def _next(text: str, at: int) -> tuple[str, int]:
    return text[at + 1 : at + 2].replace("\n", ""), min(at + 2, len(text))


def _in_double_quotes(text: str, at: int) -> tuple[str, int]:
    return _next(text, at) if text[at + 1 : at + 2] in ('"', "\\") else _literal(text, at)


#: As Python's shlex splits, and with it Ansible's `command` and docker-compose; both fill in variables before that.
POSIX = Splitting(_next, _in_double_quotes, _literal, pattern(r"\$(?:\w+|\{[^{}\s]*\}|\([\w.-]+\))"), ("$$",))


def argument_of(text: Excerpt, span: Span | None = None) -> Argument:
    """An item of a list as an argument; what readers have to fill in is unknown."""
    at = 0
    holes = []
    for start, end in find_placeholders(text.text):
        # A list of its own needs no quotes for blanks, so only a placeholder alone is one for sure.
        if (start, end) == (0, len(text.text)) or not _BLANK_OR_BRACKET.search(text.text, start, end):
            holes.append((start, end))
            at = end
    holes += (match.span() for match in POSIX.hole.finditer(text.text) if match.start() >= at or not holes)
    arity: Arity = "list" if text.text in ("...", "…", "$@") else "one"
    return Argument(text, span or text.span(0, len(text.text)), tuple(sorted(set(holes))), arity)


_BLANK_OR_BRACKET = pattern(r"[\s\[\]]")
