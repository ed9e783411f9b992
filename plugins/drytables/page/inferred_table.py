"""The table of a rule that stands without one: `-A POSTROUTING -j MASQUERADE`, as `iptables -S` prints it."""

from __future__ import annotations

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from ..grammar.builtin import TABLES
from ..judging.verdict import Verdict
from ..reading.word import Command, Word
from .judge import Judge

#: Where a rule most likely is, by its chain; in any other chain it is in the filter table.
_LIKELY = {"PREROUTING": "nat", "POSTROUTING": "nat"}


def with_inferred_table(command: Command, judge: Judge) -> Command:
    """A rule that names no table as a command in the one that takes it; any other command as it is.

    The likeliest table comes first, and of those that refuse the rule the one in which most of it can be read.
    """
    words = [word.text for word in command.words]
    if not command.is_bare or "-t" in words or "--table" in words:
        return command
    verdicts = {}
    for table in _tables(words):
        verdict = judge.verdict(_in_table(command, table))
        if verdict.refusal is None:
            return verdict.command
        verdicts[table] = verdict
    return max(verdicts.values(), key=_rank).command


def with_table_noted(found: Diagnostic, command: Command) -> Diagnostic:
    """A diagnostic of a command, with a note that its table was guessed, where it was."""
    if not command.guessed_table:
        return found
    note = f"the line names no table; it was checked in `{command.guessed_table}`, the only one that accepts it"
    return found._replace(notes=(*found.notes, note))


def _tables(words: list[str]) -> list[str]:
    """The tables, the likeliest first."""
    chain = words[2] if len(words) > 2 else ""
    likely = _LIKELY.get(chain, "filter")
    return [likely, *(table for table in TABLES if table != likely)]


def _in_table(command: Command, table: str) -> Command:
    program = command.words[0]
    here = Span(program.span.end, program.span.end)
    words = (program, Word("-t", here), Word(table, here), *command.words[1:])
    return command._replace(words=words, guessed_table=table)


def _rank(verdict: Verdict) -> tuple[bool, int]:
    """How much speaks for a table: that what is refused hangs on no table, and stands far behind."""
    refusal = verdict.refusal
    return (True, 0) if refusal is None else ("table" not in refusal.code.about, refusal.span.start)
