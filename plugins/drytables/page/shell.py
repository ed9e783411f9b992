"""The shell's own errors, each reported with the command that it keeps from running."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from .report import Snippet


def with_shell_refusals(snippet: Snippet) -> Snippet:
    """The snippet, with each shell error moved to the command before it; one before all commands stays the fence's."""
    if not any("shell" in diagnostic.code.about for diagnostic in snippet.diagnostics):
        return snippet
    commands, others = list(snippet.commands), []
    starts = [each.command.span.start for each in commands]
    for diagnostic in snippet.diagnostics:
        before = bisect_left(starts, diagnostic.span.start)
        if before and diagnostic.severity == "error" and "shell" in diagnostic.code.about:
            commands[before - 1] = commands[before - 1].with_findings([diagnostic])
        else:
            others.append(diagnostic)
    return replace(snippet, commands=tuple(commands), diagnostics=tuple(others))
