"""The words of a command, read one after another, and what is recorded on the way.

iptables stops at the first fault; here a fault is recorded and reading goes on, so that all faults of a command are
reported at once, the one that iptables prints first. What makes the rest unreadable (an unknown option or match, an
unexpected argument) ends the reading.
"""

from __future__ import annotations

from ...diagnostics.code import Code
from ...diagnostics.codes.command import DOUBLE_NEGATION, GLUED_VALUE, MISPLACED_NEGATION, NOT_NEGATABLE
from ...diagnostics.diagnostic import Diagnostic, Edit, Label
from ...diagnostics.source import Span
from ...grammar.extension import Extension
from ...grammar.history.releases import FIRST, Release, inner_negation_last
from ...grammar.rule import Rule, Use
from ...reading.word import Command, Word
from .. import release_bugs
from ..messages import iptables_says
from . import not_recognised
from .networks import InvalidNetwork
from .vocabulary import Vocabulary

#: The last release in which built-in options accepted a `!` between them and their value.
_INNER_NEGATION_LAST = Release("1.4.11.1")


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

    def required(self, spelled: str, word: Word, glued: Word | None) -> Word:
        """The value that an extension's option requires: the one attached to it, or the next word whatever it is."""
        if glued is not None:
            self._refuse_glued(spelled, word, is_builtin=False)
            return glued
        value = self.next()
        if value is None:
            raise self.stop(not_recognised.missing_value(word, spelled))
        return value

    def required_by_iptables(self, spelled: str, word: Word, glued: Word | None) -> Word:
        """The same for an option of iptables itself."""
        if glued is None:
            return self.next() or self.required(spelled, word, glued)
        self._refuse_glued(spelled, word, is_builtin=True)
        return glued

    def _refuse_glued(self, spelled: str, word: Word, *, is_builtin: bool) -> None:
        """Record a fault if the release does not accept a value attached to its option."""
        if self.release.is_in(release_bugs.glue_spans(spelled, is_builtin=is_builtin)):
            return
        self.refuse(
            GLUED_VALUE,
            f"iptables {self.release} does not accept a value attached to `{spelled}`",
            word.span,
            help="separate them with a space, which works in every release",
        )

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

    def inner_negation(self, spelled: str, word: Word, extension: str, value: Word, says: str) -> Word:
        """The value of an option if a `!` is between the two, as was allowed up to 1.4.11.1.

        `says` is what iptables answers today.
        """
        if value.text != "!" or value.span == word.span:
            return value
        after = self.next_value()
        if after is None:
            return value
        last = _INNER_NEGATION_LAST
        if extension:
            known = inner_negation_last(extension)
            last = Release(known) if known else Release(FIRST)
        if self.release > last:
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
        self.negation = value
        return after

    def negated_wrongly(self, message: str, word: Word, says: str, help: str = "") -> None:
        """Refuse the `!` before something that cannot be negated, and forget it."""
        assert self.negation is not None
        self.refuse(NOT_NEGATABLE, message, self.negation.span, causes=(Label(word.span),), says=says, help=help)
        self.negation = None
