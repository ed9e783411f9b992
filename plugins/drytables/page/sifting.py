"""Findings that were switched off: the report leaves them out, and keeps them apart to be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..diagnostics.diagnostic import Diagnostic
from .report import Report, Snippet, Why

#: What becomes of a finding: itself, or a copy with another severity; None if it is not reported.
Sieve = Callable[[Diagnostic], Diagnostic | None]


def sifted(report: Report, sieve: Sieve, why: Why) -> Report:
    """A report of what a sieve lets through; the rest is in `untold`, with this reason.

    The sieve is asked about each reported finding, in the order of the text.
    """
    findings = report.all_diagnostics()
    told = {id(each): sieve(each) for each in findings}
    if all(told[id(each)] is each for each in findings):
        return report

    def left(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        # A finding that the fence's mark expects is not reported, so the sieve is not asked.
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
