"""What is said of a notebook: where in its cells a fault is, and edits that leave it JSON."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import replace

from ..diagnostics.codes.page import NOT_JSON
from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..diagnostics.source import Span
from ..reading.notebook.cells import place_in_cells
from ..reading.notebook.json_strings import json_error
from .report import Report, Snippet


def told_by_cells(report: Report) -> Report:
    """The report on a notebook, with the cell and the line in it beside each diagnostic."""
    if not report.snippets and (error := json_error(report.source)) is not None:
        return replace(report, diagnostics=(*report.diagnostics, _not_json(*error)))
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


def _not_json(said: str, at: int) -> Diagnostic:
    return Diagnostic(
        NOT_JSON,
        "this notebook is not JSON",
        Label(Span(at, at), said[:1].lower() + said[1:]),
        notes=("none of its commands was checked",),
        help="take it from where it was last saved; git leaves its marks of a conflict in such a file",
    )


def _escaped(text: str) -> str:
    """A text as it stands in a string of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
