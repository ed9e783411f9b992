"""Whether a fix is certain enough to be applied without asking: `drytables fix` applies those, and no others.

It must be beyond doubt that the text is a command, and that a person typed it: a program prints only what it accepts.
Its family must be certain too: which of its words are wrong depends on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..diagnostics.codes.command import WRONG_FAMILY
from ..diagnostics.codes.damage import PROSE_IN_COMMAND
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from ..reading.family import family_of_rules, is_of_ipv6
from ..reading.pattern import pattern
from ..reading.saved import SavedTable
from ..reading.shell.programs import family_of
from ..reading.word import Command
from .report import Checked, Snippet

#: The languages of fences in which a shell reads what follows a command.
_SHELLS = frozenset({"sh", "bash", "shell", "zsh", "ksh", "dash", "console", "shell-session", "shellsession"})

_PLAIN = pattern(r"[A-Za-z0-9 ./,+=!_-]*")


def without_uncertain_edits(snippet: Snippet, tables: Sequence[tuple[SavedTable, Sequence[Command]]]) -> Snippet:
    """The snippet without the edits of diagnostics whose fix is only a guess; their help stays."""
    if not (snippet.diagnostics or any(checked.findings for checked in snippet.commands)):
        return snippet
    language = snippet.fence.language
    commands = tuple(_with_certain_edits(checked, language) for checked in snippet.commands)
    printed = sorted(table.span for table, _ in tables if table.may_be_output)
    starts = [span.start for span in printed]

    def may_be_printed(span: Span) -> bool:
        before = bisect_right(starts, span.start)
        return before > 0 and span.start < printed[before - 1].end

    diagnostics = tuple(each._replace(edits=()) if may_be_printed(each.span) else each for each in snippet.diagnostics)
    return replace(snippet, commands=commands, diagnostics=diagnostics)


def _with_certain_edits(checked: Checked, language: str) -> Checked:
    if all(not each.edits or is_certain(each, checked.command, language) for each in checked.findings):
        return checked
    findings = tuple(
        each if is_certain(each, checked.command, language) else each._replace(edits=()) for each in checked.findings
    )
    return replace(checked, findings=findings)


def is_certain(diagnostic: Diagnostic, command: Command, language: str) -> bool:
    """Whether the fix for a diagnostic of a command is certain; `language` is that of the command's fence."""
    if command.is_bare or command.may_be_output or _family_is_in_doubt(diagnostic, command):
        return False
    if command.typed_in == "list" or (command.typed_in in ("other", "line") and not _is_plain(diagnostic)):
        return False
    return diagnostic.code != PROSE_IN_COMMAND or language.lower() in _SHELLS


def _is_plain(diagnostic: Diagnostic) -> bool:
    """Whether a fix adds nothing that a language with strings might read in its own way."""
    return all(_PLAIN.fullmatch(edit.replacement) for edit in diagnostic.edits)


def _family_is_in_doubt(diagnostic: Diagnostic, command: Command) -> bool:
    """Whether a command contains something that only the other family has, or nothing names its program."""
    program = command.words[0]
    if diagnostic.code == WRONG_FAMILY or (program.holes and not family_of(program.text)):
        return True
    arguments = " ".join(["", *(word.text for word in command.words[1:])])
    if command.family == "ipv4":
        return is_of_ipv6(arguments)
    return family_of_rules(arguments) == "ipv4"
