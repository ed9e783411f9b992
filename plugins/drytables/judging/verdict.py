"""The verdict on one command: accepted, refused or open, with its diagnostics."""

from __future__ import annotations

from collections.abc import Container
from itertools import islice
from typing import Literal, NamedTuple

from ..diagnostics.codes.command import NOT_IN_GRAMMAR, READ_DIFFERENTLY, UNKNOWN_CHAIN, UNKNOWN_TARGET
from ..diagnostics.diagnostic import Diagnostic, Label, first_error
from ..grammar.history.releases import NEWEST, Release
from ..grammar.rule import Rule
from ..reading.need import Need
from ..reading.word import Command
from . import iptables, kernel
from .needs import needs
from .parsing.cursor import ParsedCommand
from .parsing.parse import MOST_DIAGNOSTICS, parse

#: The result for a command: `open` when something in it is not known.
Outcome = Literal["accepted", "refused", "open"]


class Verdict(NamedTuple):
    """What a release of iptables and the kernel say about a command by itself.

    `diagnostics` come in the order in which the real program would report them; `needs` is what must exist for an
    accepted command to succeed, and `holes` are the texts that are not known.
    """

    command: Command
    release: Release
    rule: Rule
    status: Outcome
    diagnostics: tuple[Diagnostic, ...]
    needs: tuple[Need, ...]
    holes: tuple[str, ...]

    @property
    def refusal(self) -> Diagnostic | None:
        """The first error of iptables, or else of the kernel."""
        return first_error(self.diagnostics)

    @property
    def misreading(self) -> str:
        """What the release takes the command for, if that is not what is written; empty if it is."""
        return next((each.message for each in self.diagnostics if each.code == READ_DIFFERENTLY), "")


def judge(command: Command, release: Release | None = None, known_chains: Container[str] = ()) -> Verdict:
    """Judge a command as a release does; as the newest known if none is named.

    `known_chains` are those known to be created: their names are not typos, however similar to others.
    """
    release = release or Release(NEWEST)
    reading = parse(command, release)
    diagnostics = reading.diagnostics
    if reading.is_whole and not reading.is_inquiry:
        if not reading.open and not reading.open_extensions:
            diagnostics.extend(islice(iptables.refusals(reading, release), MOST_DIAGNOSTICS))
        if reading.rule.command:
            refusals = kernel.refusals(reading, release)
            diagnostics.extend(
                islice((each for each in refusals if not _is_made(each, reading.rule, known_chains)), MOST_DIAGNOSTICS)
            )
    if diagnostics and release.version != NEWEST:
        from .release_wording import in_words_of  # a table that most commands do not need

        diagnostics[:] = [in_words_of(release, each, reading.rule) for each in diagnostics]
    if any(not word.text.isascii() for word in command.words):
        from .foreign_letters import with_letters_named  # a table that most commands do not need

        diagnostics[:] = with_letters_named(diagnostics, command)
    holes = _holes(reading)
    refused = bool(diagnostics) and any(each.severity == "error" for each in diagnostics)
    if not refused:
        diagnostics.extend(_outside_the_grammar(reading))
    status: Outcome = "refused" if refused else "open" if holes or reading.open_extensions else "accepted"
    return Verdict(
        command,
        release,
        reading.rule,
        status,
        tuple(diagnostics),
        () if refused or reading.is_inquiry else tuple(needs(reading)),
        holes,
    )


def _is_made(diagnostic: Diagnostic, rule: Rule, known_chains: Container[str]) -> bool:
    """Whether a chain's or target's name is only unknown because it is a user-defined chain, which is created."""
    if diagnostic.code not in (UNKNOWN_CHAIN, UNKNOWN_TARGET) or rule.command == "policy":
        return False
    words = (word for word in (rule.chain, rule.jump) if word is not None)
    return any(word.span == diagnostic.span and word.text in known_chains for word in words)


def _holes(reading: ParsedCommand) -> tuple[str, ...]:
    """The unknown pieces of the command's words, each once, in order."""
    with_holes = [word for word in reading.rule.words if word.holes]
    return tuple(dict.fromkeys(word.text[start:end] for word in with_holes for start, end in word.holes))


def _outside_the_grammar(reading: ParsedCommand) -> list[Diagnostic]:
    return [
        Diagnostic(
            NOT_IN_GRAMMAR,
            f"drytables does not know the {kind} `{word.text}`",
            Label(word.span, "not checked"),
            help="iptables has it; the command was checked except for its own options",
            severity="warning",
        )
        for kind, word in reading.open_extensions
        if not word.holes
    ]
