"""Reports and verdicts as records for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source, Span
from ..grammar.history.ranges import gaps
from ..grammar.history.releases import Release
from ..judging.acceptance import acceptance
from ..judging.verdict import Verdict, judge
from ..meaning.canonical import canonical
from ..nft.commands import translate
from ..reading.shell.line import read_line
from .terminal import record

if TYPE_CHECKING:
    from ..page.report import (
        Checked,
        Report,
    )  # `drytables rules` starts in half the time without the modules that read pages


#: What JSON may hold as it is, and some programs end a line at.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def rule_record(line: str, release: Release) -> dict[str, Any]:
    """One command line judged by itself, as `drytables rules` answers; `start` and `end` count the characters of the
    line.
    """
    source = Source("-", line)
    command = read_line(source)
    if isinstance(command, Diagnostic):
        return {
            "ok": False,
            "status": "refused",
            "family": None,
            "table": None,
            "canonical": None,
            "nft": None,
            "needs": [],
            **_spans(None),
            "diagnostics": [record(command, source)],
        }
    verdict = judge(command, release)
    return {
        "ok": verdict.status != "refused",
        "status": verdict.status,
        "family": command.family,
        "table": verdict.rule.table,
        "canonical": canonical(verdict.rule) if verdict.status == "accepted" else None,
        "nft": translate(verdict.rule).lines if verdict.status == "accepted" else None,
        "needs": [str(need) for need in verdict.needs],
        **_spans(verdict if verdict.status != "refused" else None),
        "diagnostics": [record(each, source) for each in verdict.diagnostics],
    }


def _spans(verdict: Verdict | None) -> dict[str, Any]:
    """The releases that accept a command, if its own does: `since` the first, except the `gaps`. Those that accept it
    but read something else are `misread`, with what they read.
    """
    accepted, misread = acceptance(verdict) if verdict is not None else ((), ())
    return {
        "since": str(accepted[0].first) if accepted else None,
        "gaps": [[str(first), str(last)] for first, last in gaps(accepted)],
        "misread": [{"first": str(first), "last": str(last), "message": says} for (first, last), says in misread],
    }


def as_line(record: dict[str, Any]) -> str:
    """A record as one line of JSON, whatever characters its reader takes for a line end."""
    line = json.dumps(record, ensure_ascii=False)
    return (line if line.isascii() else line.translate(_LINE_ENDS)) + "\n"


def report_record(report: Report) -> dict[str, Any]:
    """A file as `drytables check --format json` shows it; `start` and `end` are offsets in the file."""
    own = [*report.diagnostics, *(each for snippet in report.snippets for each in snippet.diagnostics)]
    return {
        "path": report.source.path,
        "commands": [_command_record(checked, report.source) for checked in report.commands()],
        "diagnostics": [record(each, report.source) for each in sorted(own, key=lambda each: each.span)],
    }


def _command_record(checked: Checked, source: Source) -> dict[str, Any]:
    command, verdict = checked.command, checked.verdict
    line, column = source.position(command.span.start)
    return {
        "line": line,
        "column": column,
        "text": source.slice(Span(command.span.start, command.span.end)),
        "status": checked.status,
        "family": command.family,
        "table": verdict.rule.table,
        "canonical": canonical(verdict.rule) if checked.outcome == "accepted" else None,
        "nft": translate(verdict.rule).lines if checked.outcome == "accepted" else None,
        "needs": [str(need) for need in checked.needs],
        "holes": list(verdict.holes),
        **_spans(verdict if checked.outcome != "refused" else None),
        "diagnostics": [record(each, source) for each in checked.diagnostics],
    }
