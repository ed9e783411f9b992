"""Whether a cure is certain, so that it may be made without asking: `drytables fix` makes those, and no others.

A command must be one beyond doubt, and be typed rather than printed by a program, which prints what it takes. Its
family must be beyond doubt too: which of a command's words are wrong hangs on it.
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
from ..reading.saved import SavedTable
from ..reading.word import Command
from .report import Checked, Snippet

#: The languages of fences in which what follows a command is read by a shell.
_SHELLS = frozenset({"sh", "bash", "shell", "zsh", "ksh", "dash", "console", "shell-session", "shellsession"})


def without_uncertain_edits(snippet: Snippet, tables: Sequence[tuple[SavedTable, Sequence[Command]]]) -> Snippet:
    """The snippet, the edits taken out of diagnostics whose cure is only a guess; their help stays."""
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


def is_certain(found: Diagnostic, command: Command, language: str) -> bool:
    """Whether the cure of what was found in a command of a fence is certain; `language` is that of the fence."""
    if command.is_bare or command.may_be_output or _family_is_in_doubt(found, command):
        return False
    return found.code != PROSE_IN_COMMAND or language.lower() in _SHELLS


def _family_is_in_doubt(found: Diagnostic, command: Command) -> bool:
    """Whether a command has in it what only the other family has."""
    if found.code == WRONG_FAMILY:
        return True
    arguments = " ".join(["", *(word.text for word in command.words[1:])])
    if command.family == "ipv4":
        return is_of_ipv6(arguments)
    return family_of_rules(arguments) == "ipv4"
