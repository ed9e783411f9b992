"""The words of a command, read one after another, and what is recorded on the way.

iptables stops at the first fault; here a fault is recorded and reading goes on, so that all faults of a command are
reported at once, the one that iptables prints first. What makes the rest unreadable (an unknown option or match, an
unexpected argument) ends the reading.
"""

from __future__ import annotations

from ...diagnostics.code import Code
from ...diagnostics.codes.command import (
    DOUBLE_NEGATION,
    GLUED_VALUE,
    MISPLACED_NEGATION,
    NOT_NEGATABLE,
    READ_DIFFERENTLY,
)
from ...diagnostics.diagnostic import Diagnostic, Edit, Label
from ...diagnostics.source import Span
from ...grammar.extension import Extension, Option
from ...grammar.history.releases import FIRST, Release, Spans
from ...grammar.rule import Hole, Rule, Use
from ...reading.word import Command, Word
from .. import release_bugs
from ..messages import iptables_says
from . import not_recognised
from .networks import InvalidNetwork
from .vocabulary import Vocabulary

#: The releases in which built-in options accepted a `!` between them and their value.
_NEGATED_INSIDE: Spans = [[FIRST, "1.4.11.1"]]


_WITH_A_SPACE = "separate them with a space, which works in every release"


class ParsedCommand:
    """A command read to its end, or to the word that cannot be read.

    `is_whole` is False if reading stopped early; `open` and `open_extensions` hold the words and extensions of which
    nothing is known here; `left_over` are the words after a lone `--`; `dangling` is a `!` with nothing after it;
    `invalid_networks` are addresses that cannot be read. An inquiry (`-h`, `-V`) is answered as soon as it is read.
    """

    __slots__ = (
        *(
            "invalid_networks",
            "dangling",
            "diagnostics",
            "is_inquiry",
            "is_whole",
            "left_over",
            "open",
            "open_extensions",
        ),
        "rule",
    )

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.diagnostics: list[Diagnostic] = []
        self.is_whole = True
        self.is_inquiry = False
        self.open: list[Word] = []
        self.open_extensions: list[tuple[str, Word]] = []
        self.left_over: tuple[Word, ...] = ()
        self.dangling: Word | None = None
        self.invalid_networks: tuple[InvalidNetwork, ...] = ()


class Stop(Exception):
    """Raised where nothing more can be read; the fault is already recorded."""


class Cursor:
    """Walks over the words once; `at` is the index of the next one, `negation` a `!` that waits for its option."""

    __slots__ = (
        "at",
        "commands",
        "family",
        "latest",
        "negation",
        "protocol_was_used",
        "reading",
        "release",
        "rule",
        "vocabulary",
        "words",
    )

    def __init__(self, command: Command, release: Release) -> None:
        self.words, self.at = command.words, 1
        self.family, self.release = command.family, release
        self.rule = Rule(command.family, command.words)
        self.reading = ParsedCommand(self.rule)
        self.vocabulary = Vocabulary(command.family, release)
        self.negation: Word | None = None
        self.protocol_was_used = False
        #: The latest use of each match and target, to which options belong.
        self.latest: dict[Extension, Use] = {}
        #: The letters of the commands read so far: -L and -Z may be used together.
        self.commands = ""

    # What goes wrong

    def refuse(
        self,
        code: Code,
        message: str,
        span: Span,
        label: str = "",
        *,
        says: str = "",
        help: str = "",
        causes: tuple[Label, ...] = (),
        edits: tuple[Edit, ...] = (),
    ) -> None:
        """Record a fault; reading goes on."""
        self.reading.diagnostics.append(
            Diagnostic(code, message, Label(span, label), causes, iptables_says(says), help=help, edits=edits)
        )

    def stop(self, diagnostic: Diagnostic) -> Stop:
        """Record a fault after which nothing can be read; the result is to be raised."""
        self.reading.diagnostics.append(diagnostic)
        return Stop()

    # Values

    def next(self) -> Word | None:
        """The next word, whatever it is."""
        if self.at >= len(self.words):
            return None
        self.at += 1
        return self.words[self.at - 1]

    def next_value(self) -> Word | None:
        """The next word unless it looks like an option."""
        if self.at < len(self.words) and not self.words[self.at].text.startswith(("-", "!")):
            return self.next()
        return None

    def optional_value(self) -> Word | None:
        """The same for a value that can be left out: a hole that may stand for other words is not one."""
        return None if self.is_before_hole() else self.next_value()

    def is_before_hole(self) -> bool:
        """Whether the next word is a hole that may stand for any words."""
        word = self.words[self.at] if self.at < len(self.words) else None
        return word is not None and word.begins_unknown and word.arity != "one"

    def optional_chain(self) -> Word | None:
        """The same for the chain of a command that needs none: a hole is taken for it, but may stand for more."""
        chain = self.next_value()
        if chain is not None and chain.arity != "one":
            self.expands(chain)
        return chain

    def expands(self, word: Word) -> None:
        """Note a word that may stand for any options: the protocol and the matches are not known from here on, nor is
        the table if the command comes after it.
        """
        self.reading.open.append(word)
        if self.rule.protocol_word is None:
            self.rule.protocol = Hole(word.text)
        if self.rule.table_word is None and not self.commands:
            self.rule.table, self.rule.table_word = word.text, word

    def required(self, spelled: str, word: Word, glued: Word | None, option: Option | None = None) -> Word:
        """The value that an option requires: the one attached to it, or the next word whatever it is. Without `option`,
        it is one of iptables itself.
        """
        if glued is None:
            value = self.next()
            if value is None:
                raise self.stop(not_recognised.missing_value(word, spelled))
            if value.arity == "list":
                self.expands(value)
            return value
        if self.release.is_in(option.glued_in if option else release_bugs.glued_in(spelled)):
            return glued
        if option is None and glued.text == "!":
            return glued
        if option is None and spelled.startswith(release_bugs.INTERFACES):
            # The whole word is taken for the name of an interface.
            self.read_differently(f"`{word.text}` is read as the name of an interface", word.span, _WITH_A_SPACE)
            return word
        self.refuse(
            GLUED_VALUE,
            f"iptables {self.release} does not accept a value attached to `{spelled}`",
            word.span,
            help=_WITH_A_SPACE,
        )
        return glued

    # Negation

    def negate(self, word: Word) -> None:
        """Keep a `!` for the option that follows."""
        if self.negation:
            second = word
            while self.at < len(self.words) and self.words[self.at].text == "!":
                word = self.words[self.at]
                self.at += 1
            self.refuse(
                DOUBLE_NEGATION,
                "two `!` in a row",
                second.span,
                "second `!`",
                says="multiple consecutive ! not allowed",
                causes=(Label(self.negation.span),),
                edits=(Edit(Span(self.negation.span.start, word.span.start), ""),),
                help="remove one `!`",
            )
        self.negation = word

    def inner_negation(self, spelled: str, word: Word, value: Word, says: str, option: Option | None = None) -> Word:
        """The value of an option if a `!` is between the two, as was allowed once. Without `option`, it is one of
        iptables itself; `says` is what iptables answers today.
        """
        if value.text != "!":
            return value
        is_allowed = self.release.is_in(option.negated_inside_in if option else _NEGATED_INSIDE)
        is_glued = value.span.end == word.span.end
        if is_glued and not is_allowed:
            return value
        after = self.next_value()
        if after is None and is_allowed:
            raise self.stop(not_recognised.missing_value(value, spelled))
        if after is None:
            return value
        if not is_allowed:
            self.refuse(
                MISPLACED_NEGATION,
                f"the `!` must come before `{spelled}`",
                value.span,
                causes=(Label(word.span),),
                help=f"write `! {spelled} {after.text}`",
                says=says or f"Bad argument `{after.text}'",
                edits=(
                    Edit(Span(word.span.start, word.span.start), "! "),
                    Edit(Span(value.span.start, after.span.start), ""),
                ),
            )
        elif self.negation:
            self.refuse(
                DOUBLE_NEGATION,
                f"`{spelled}` is negated twice",
                value.span,
                "second `!`",
                says="Multiple `!' flags not allowed",
                causes=(Label(self.negation.span),),
                help="remove one `!`",
            )
        self.negation = value
        return after

    def negation_ignored(self, spelled: str) -> None:
        """Warn of a `!` that the release ignores, and forget it."""
        assert self.negation is not None
        self.read_differently(f"the `!` before `{spelled}` is ignored", self.negation.span)
        self.negation = None

    def read_as(self, value: str, words: tuple[Word, ...]) -> None:
        """Warn of a value that the release takes for another one; `words` are those of the option and its value."""
        typed = " ".join(word.text for word in words[1:])
        shown = f"`{typed}`" if typed else "an empty text"
        self.read_differently(f"{shown} is read as `{value}`", words[1].span.to(words[-1].span))

    def read_differently(self, message: str, span: Span, help: str = "") -> None:
        """Warn of what the release accepts, but takes to mean something else."""
        label = Label(span, f"in iptables {self.release}")
        self.reading.diagnostics.append(Diagnostic(READ_DIFFERENTLY, message, label, help=help, severity="warning"))

    def negated_wrongly(self, message: str, word: Word, says: str, help: str = "") -> None:
        """Refuse the `!` before something that cannot be negated, and forget it."""
        assert self.negation is not None
        self.refuse(NOT_NEGATABLE, message, self.negation.span, causes=(Label(word.span),), says=says, help=help)
        self.negation = None
