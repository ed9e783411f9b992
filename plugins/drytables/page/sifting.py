"""Findings that a report does not tell, because someone wanted it so. They are kept apart, to be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..diagnostics.diagnostic import Diagnostic
from .report import Report, Snippet, Why

#: What becomes of a finding: itself, or with another severity; None if it is not told.
Sieve = Callable[[Diagnostic], Diagnostic | None]


def sifted(report: Report, sieve: Sieve, why: Why) -> Report:
    """A report of what a sieve lets through; what it does not is among `untold`, for this reason.

    The sieve is asked about each finding that is told, in the order of the text.
    """
    findings = report.all_diagnostics()
    told = {id(each): sieve(each) for each in findings}
    if all(told[id(each)] is each for each in findings):
        return report

    def left(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        # What a mark on the fence expects is not told, and so not asked about.
        return tuple(kept for each in diagnostics if (kept := told.get(id(each), each)) is not None)

    def snippet_left(snippet: Snippet) -> Snippet:
        commands = tuple(replace(each, findings=left(each.findings)) for each in snippet.commands)
        return replace(snippet, commands=commands, diagnostics=left(snippet.diagnostics))

    return replace(
        report,
        snippets=tuple(map(snippet_left, report.snippets)),
        diagnostics=left(report.diagnostics),
        untold=(*report.untold, *((why, each) for each in findings if told[id(each)] is None)),
    )
