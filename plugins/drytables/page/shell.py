"""What the shell does not take, said of the command that it keeps from running."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from .report import Snippet


def with_shell_refusals(snippet: Snippet) -> Snippet:
    """The snippet, each error of the shell's with the command before it; one before all commands stays the fence's."""
    if not any("shell" in found.code.about for found in snippet.diagnostics):
        return snippet
    commands, left = list(snippet.commands), []
    starts = [each.command.span.start for each in commands]
    for found in snippet.diagnostics:
        before = bisect_left(starts, found.span.start)
        if before and found.severity == "error" and "shell" in found.code.about:
            commands[before - 1] = commands[before - 1].with_findings([found])
        else:
            left.append(found)
    return replace(snippet, commands=tuple(commands), diagnostics=tuple(left))
