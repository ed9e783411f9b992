"""The table of a bare rule that names none, such as `-A POSTROUTING -j MASQUERADE` in the output of `iptables -S`."""

from __future__ import annotations

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from ..grammar.builtin import TABLES
from ..judging.verdict import Verdict
from ..reading.word import Command, Word
from .judge import Judge

#: A rule's most likely table, by its chain; for any other chain it is the filter table.
_LIKELY = {"PREROUTING": "nat", "POSTROUTING": "nat"}


def with_inferred_table(command: Command, judge: Judge) -> Command:
    """A bare rule that names no table, as a command in the table that accepts it; any other command unchanged.

    The likeliest table is tried first; if all refuse the rule, it is the one in which most of the rule can be read.
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


def with_table_noted(diagnostic: Diagnostic, command: Command) -> Diagnostic:
    """A diagnostic of a command, with a note if the command's table was guessed."""
    if not command.guessed_table:
        return diagnostic
    note = f"the line names no table; it was checked in `{command.guessed_table}`, the only one that accepts it"
    return diagnostic._replace(notes=(*diagnostic.notes, note))


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


def _rank(verdict: Verdict) -> tuple[bool, int, int]:
    """How likely a table is: more so if the refusal does not depend on the table, comes late, and is alone."""
    refusal = verdict.refusal
    if refusal is None:
        return True, 0, 0
    count = sum(each.severity == "error" for each in verdict.diagnostics)
    return "table" not in refusal.code.about, refusal.span.start, -count
