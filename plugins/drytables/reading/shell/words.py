"""The words of a shell command after quote removal, each knowing which of its characters are unknown."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..holes import arity_of, widest
from ..lookalikes import is_lookalike
from ..pattern import pattern
from ..word import Arity, Word
from .quotes import ansi_c_escape, end_of, overlaps

_SIMPLE_VARIABLE = pattern(r"\$(?:\{(\w+)\}|(\w+))")
#: Characters that are literal, and do not begin an expansion.
_RUN = pattern(r"""[^\\'"$`<>]+""")
_RUN_IN_DOUBLE_QUOTES = pattern(r"""[^\\"$`]+""")
_IN_DOUBLE_QUOTES = '$`"\\\n'


@dataclass(slots=True)
class ShellWord:
    """A word with the place of each of its characters, so that it can be read as a script in its turn."""

    text: Excerpt
    span: Span
    holes: tuple[tuple[int, int], ...] = ()
    arity: Arity = "one"

    @property
    def word(self) -> Word:
        """The word as a Word."""
        return Word(self.text.text, self.span, self.holes, self.arity)


@dataclass(slots=True)
class _Draft:
    """A word while its characters are being collected."""

    pieces: list[Excerpt] = field(default_factory=list)
    length: int = 0
    holes: list[tuple[int, int]] = field(default_factory=list)
    #: the half-open ranges of the text that were quoted
    quoted: list[tuple[int, int]] = field(default_factory=list)
    has_quotes: bool = False
    #: what the word stands for on account of each hole
    arities: list[Arity] = field(default_factory=list)

    def add(self, piece: Excerpt, *, is_quoted: bool = False, is_hole: bool = False) -> None:
        end = self.length + len(piece.text)
        if is_hole:
            self.holes.append((self.length, end))
            self.arities.append(arity_of(piece.text, is_quoted=is_quoted))
        if is_quoted:
            self.quoted.append((self.length, end))
        self.pieces.append(piece)
        self.length = end


class WordReader:
    """Reads words of one script: `code` as typed, the ranges of its placeholders, and the values known so far."""

    def __init__(self, code: Excerpt, placeholders: Sequence[tuple[int, int]], values: Mapping[str, str]) -> None:
        self.code = code
        self.placeholders = placeholders
        self.values = values

    def read(self, start: int, end: int, expansions: Mapping[int, int], *, may_split: bool = True) -> list[ShellWord]:
        """The words that `code.text[start:end]` expands to: usually one, or none or several if a variable's value says
        so.

        `expansions` maps the index where an expansion begins to the index after it.
        """
        drafts = [_Draft()]
        at = start
        quote = ""
        while at < end:
            draft = drafts[-1]
            if at in expansions and quote != "'":
                after = min(expansions[at], end)
                self.expand(drafts, at, after, is_quoted=bool(quote), may_split=may_split)
                at = after
            elif quote == "'":
                close = self.code.text.find("'", at, end)
                close = end if close < 0 else close
                draft.add(self.code.cut(at, close), is_quoted=True)
                quote, at = "", close + 1
            elif quote == "$'":
                quote, at = self.ansi_c(draft, at)
            elif quote:
                quote, at = self.double_quoted(draft, at, end)
            else:
                quote, at = self.unquoted(draft, at, end)
        return [self.finish(draft, start, end) for draft in drafts if draft.length or draft.has_quotes]

    def as_it_stands(self, start: int, end: int) -> ShellWord:
        """The word `code.text[start:end]`, in which the shell changes nothing, and no part is a hole."""
        return ShellWord(self.code.cut(start, end), self.code.span(start, end))

    def has_placeholder(self, start: int, end: int) -> bool:
        """Whether a placeholder overlaps a range."""
        return overlaps(self.placeholders, start, end)

    def unquoted(self, draft: _Draft, at: int, end: int) -> tuple[str, int]:
        """Add what is at an index outside quotes; returns the quote it opens, and the next index."""
        text = self.code.text
        char = text[at]
        if char == "\\" and at + 1 < end:
            if text[at + 1] != "\n":
                draft.add(self.escaped(at, text[at + 1], at + 2))
            return "", at + 2
        if char == "$" and at + 1 < end and text[at + 1] in "'\"":
            draft.has_quotes = True
            return ("$'" if text[at + 1] == "'" else '"'), at + 2
        if char in "'\"":
            draft.has_quotes = True
            return char, at + 1
        run = _RUN.match(text, at, end)
        after = run.end() if run else at + 1
        draft.add(self.code.cut(at, after))
        return "", after

    def double_quoted(self, draft: _Draft, at: int, end: int) -> tuple[str, int]:
        """Add what is at an index inside double quotes; returns the quote still open, and the next index."""
        text = self.code.text
        if text[at] == '"':
            return "", at + 1
        if text[at] == "\\" and at + 1 < end and text[at + 1] in _IN_DOUBLE_QUOTES:
            if text[at + 1] != "\n":
                draft.add(self.escaped(at, text[at + 1], at + 2), is_quoted=True)
            return '"', at + 2
        run = _RUN_IN_DOUBLE_QUOTES.match(text, at, end)
        after = run.end() if run else at + 1
        draft.add(self.code.cut(at, after), is_quoted=True)
        return '"', after

    def ansi_c(self, draft: _Draft, at: int) -> tuple[str, int]:
        """Add what is at an index inside `$'…'`; returns the quote still open, and the next index."""
        text = self.code.text
        if text[at] == "'":
            return "", at + 1
        if text[at] == "\\":
            char, after = ansi_c_escape(text, at)
            draft.add(self.escaped(at, char, after), is_quoted=True)
            return "$'", after
        draft.add(self.code.cut(at, at + 1), is_quoted=True)
        return "$'", at + 1

    def escaped(self, at: int, char: str, after: int) -> Excerpt:
        """The character that an escape stands for."""
        return Excerpt.written_for(char, self.code.span(at, min(after, len(self.code.text))))

    def expand(self, drafts: list[_Draft], at: int, after: int, *, is_quoted: bool, may_split: bool) -> None:
        """Add an expansion: the value of a variable if it is known, otherwise a hole."""
        typed = self.code.cut(at, after)
        variable = _SIMPLE_VARIABLE.fullmatch(typed.text)
        value = self.values.get(variable[1] or variable[2]) if variable else None
        if value is None:
            drafts[-1].add(typed, is_quoted=is_quoted, is_hole=True)
            return
        span = self.code.span(at, after)
        if is_quoted or not may_split:
            drafts[-1].add(Excerpt.written_for(value, span), is_quoted=is_quoted)
            return
        for index, part in enumerate(re.split(r"[ \t\n]+", value)):
            if index:
                drafts.append(_Draft())
            drafts[-1].add(Excerpt.written_for(part, span))

    def finish(self, draft: _Draft, start: int, end: int) -> ShellWord:
        """The finished word, with its placeholders as holes."""
        text = Excerpt.join(draft.pieces)
        span = self.code.span(start, end)
        placeholders = self.placeholders_in(text, draft, start, end)
        arities = [
            arity_of(text.text[low:high], is_quoted=overlaps(draft.quoted, low, high)) for low, high in placeholders
        ]
        holes = draft.holes + placeholders
        if not holes and not text.text.isascii() and _is_in_another_script(text.text, draft.quoted):
            holes = [(0, len(text.text))]
        return ShellWord(text, span, tuple(sorted(set(holes))), widest((*draft.arities, *arities)))

    def placeholders_in(self, text: Excerpt, draft: _Draft, start: int, end: int) -> list[tuple[int, int]]:
        """The ranges, in the text of a word, of the placeholders in it.

        Quoted text is free to look like one (`--log-prefix "[drop] "`), unless `<…>` or a name is all of it. Quotes
        within one are part of it.
        """
        holes = []
        first = bisect_right(self.placeholders, start, key=end_of)
        for place in range(first, bisect_left(self.placeholders, (end,), first)):
            low, high = self.placeholders[place]
            span = self.code.span(max(low, start), min(high, end))
            hole = bisect_left(text.starts, span.start), bisect_left(text.starts, span.end)
            if hole[0] == hole[1]:
                continue
            begins_quoted = overlaps(draft.quoted, hole[0], hole[0] + 1)
            if not begins_quoted or (hole == (0, len(text.text)) and text.text[0] not in "[.…"):
                holes.append(hole)
        return holes


def _is_in_another_script(text: str, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether an unquoted part is written in a non-Latin script: prose, or a placeholder in prose."""
    return not is_lookalike(text) and any(
        char > "\u024f" and char.isalpha() and not unicodedata.name(char, "LATIN").startswith("LATIN")
        for index, char in enumerate(text)
        if not overlaps(quoted, index, index + 1)
    )


def joined(words: Sequence[ShellWord]) -> list[ShellWord]:
    """Several words joined into one wholly unknown word, since the author uses them to describe one thing."""
    if len(words) < 2:
        return list(words)
    text = " ".join(word.text.text for word in words)
    span = words[0].span.to(words[-1].span)
    return [ShellWord(Excerpt.written_for(text, span), span, ((0, len(text)),), "split")]
