"""A word of a command, and a command: what the shell hands to a program, with its place in the source."""

from __future__ import annotations

from typing import NamedTuple

from ..diagnostics.source import Span


class Word(NamedTuple):
    """One argument after the shell's quote removal.

    `text` is what the program would get; where a part of it is not known (`$WAN`, `<ip>`), that part stands in `text`
    as it was typed and `holes` names it, each hole as the half-open range it takes in `text`. `span` is the whole word
    in the source, quotes included.
    """

    text: str
    span: Span
    holes: tuple[tuple[int, int], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether every character of it is known."""
        return not self.holes

    def as_hole(self) -> Word:
        """The same word, nothing of it known."""
        return self._replace(holes=((0, len(self.text)),))

    def part(self, start: int, end: int) -> Span:
        """The span of `text[start:end]`, or of the whole word where quoting moved the characters."""
        if len(self.text) == self.span.end - self.span.start:
            return self.span.within(start, end)
        return self.span


class Command(NamedTuple):
    """One command of a snippet: its words, the program's name first, and the span from the first to the last.

    `family` is `ipv4` for iptables and `ipv6` for ip6tables, and empty for any other program; `prefix` holds the words
    before the program (`sudo`). `is_conditional` says that it may run once, often or not at all (a loop, an `if`, a
    function); `may_fail`, that its author reckons with its failure (`|| true`, `2>/dev/null`).

    `is_bare` is a rule that stands without its program, as `iptables -S` prints it: the name of that is then a word of
    no width. `guessed_table` is the table that it was taken to be in, where it names none. `may_be_output` says that
    nothing shows that it was typed, so that a program may have printed it.
    """

    words: tuple[Word, ...]
    span: Span
    family: str
    prefix: tuple[Word, ...] = ()
    is_conditional: bool = False
    may_fail: bool = False
    is_bare: bool = False
    guessed_table: str = ""
    may_be_output: bool = False
