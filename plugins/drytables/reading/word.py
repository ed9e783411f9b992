"""A word of a command, and a command: what the shell passes to a program, with its place in the source."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..diagnostics.source import Span

#: How many arguments a word stands for: exactly `one`; any number, most likely one, as the shell splits an unquoted
#: `$x`, or readers replace `<match>` (`split`); or any number, most likely several, as with `"$@"` and `…` (`list`).
Arity = Literal["one", "split", "list"]


class Word(NamedTuple):
    """One argument after the shell's quote removal.

    `text` is what the program would get; an unknown part of it (`$WAN`, `<ip>`) is in `text` as it was typed, and
    `holes` lists such parts as half-open ranges in `text`. `span` is the whole word in the source, including quotes.
    `arity` says how many arguments it stands for, which may differ from one only if it has a hole.
    """

    text: str
    span: Span
    holes: tuple[tuple[int, int], ...] = ()
    arity: Arity = "one"

    @property
    def is_known(self) -> bool:
        """Whether every character of it is known."""
        return not self.holes

    @property
    def begins_unknown(self) -> bool:
        """Whether nothing is known of how it begins."""
        return bool(self.holes) and self.holes[0][0] == 0

    def as_hole(self) -> Word:
        """The same word, all of it unknown."""
        return self._replace(holes=((0, len(self.text)),))

    def part(self, start: int, end: int) -> Span:
        """The span of `text[start:end]`, or of the whole word if quoting moved the characters."""
        if len(self.text) == self.span.end - self.span.start:
            return self.span.within(start, end)
        return self.span


#: What a command is typed in: shell text; a text of another language, in which quotes, backslashes and line ends mean
#: something else; a line of one that is split into words without a shell; or a list, each word of it by itself.
TypedIn = Literal["shell", "other", "line", "list"]


class Command(NamedTuple):
    """One command of a snippet: its words, the program's name first, and the span from the first to the last.

    `family` is `ipv4` for iptables and `ipv6` for ip6tables, and empty for any other program; `prefix` contains the
    words before the program (`sudo`). `is_conditional` says that it may run once, often or not at all (a loop, an `if`,
    a function); `may_fail`, that its author expects it may fail (`|| true`, `2>/dev/null`).

    `is_bare` marks a rule without its program, as `iptables -S` prints it: the program's name is then a word of no
    width. `guessed_table` is the table assumed for it, if it names none. `is_saved` marks a rule of iptables-save text.
    `may_be_output` says that nothing shows that it was typed, so that a program may have printed it. `typed_in` says
    what repairs may contain.
    """

    words: tuple[Word, ...]
    span: Span
    family: str
    prefix: tuple[Word, ...] = ()
    is_conditional: bool = False
    may_fail: bool = False
    is_bare: bool = False
    guessed_table: str = ""
    is_saved: bool = False
    may_be_output: bool = False
    typed_in: TypedIn = "shell"
