"""Names the letter if a word is refused because it is written with letters that only look like Latin ones."""

from __future__ import annotations

from ..diagnostics.codes.command import UNKNOWN_OPTION
from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..reading.lookalikes import first_lookalike, in_latin, is_lookalike
from ..reading.word import Command, Word


def with_letters_named(diagnostics: list[Diagnostic], command: Command) -> list[Diagnostic]:
    """The diagnostics of a command, each that is about such a word with the letter's name, and the word in Latin."""
    foreign = {word.span: word for word in command.words if not word.text.isascii() and is_lookalike(word.text)}
    if not foreign:
        return diagnostics
    return [_named(each, foreign[each.span]) if each.span in foreign else each for each in diagnostics]


def _named(diagnostic: Diagnostic, word: Word) -> Diagnostic:
    meant = in_latin(word.text) or ""
    return diagnostic._replace(
        label=Label(diagnostic.span, f"this is {first_lookalike(word.text)}, which only looks like a Latin one"),
        # iptables names an unknown letter by its first byte, which is not a letter.
        quote=None if diagnostic.code == UNKNOWN_OPTION else diagnostic.quote,
        help=f"write `{meant}`",
        edits=(Edit(word.span, meant),),
    )
