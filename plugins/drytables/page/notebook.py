"""What is said of a notebook: where in its cells a fault is, and edits that leave it JSON."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import replace

from ..diagnostics.diagnostic import Diagnostic, Edit
from ..reading.notebook.cells import place_in_cells
from .report import Report, Snippet


def told_by_cells(report: Report) -> Report:
    """The report on a notebook, with the cell and the line in it beside each diagnostic."""
    if not report.all_diagnostics():
        return report
    places = [*place_in_cells(report.source)]
    starts = [span.start for span, _ in places]

    def told(found: Diagnostic) -> Diagnostic:
        before = bisect_right(starts, found.span.start) - 1
        notes = (f"this is {places[before][1]}", *found.notes) if before >= 0 else found.notes
        edits = tuple(Edit(each.span, _escaped(each.replacement)) for each in found.edits)
        return found._replace(notes=notes, edits=edits)

    def told_in(snippet: Snippet) -> Snippet:
        commands = tuple(replace(each, findings=tuple(map(told, each.findings))) for each in snippet.commands)
        return replace(snippet, commands=commands, diagnostics=tuple(map(told, snippet.diagnostics)))

    return replace(
        report, snippets=tuple(map(told_in, report.snippets)), diagnostics=tuple(map(told, report.diagnostics))
    )


def _escaped(text: str) -> str:
    """A text as it stands in a string of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
