"""Fences that newer releases refuse, rewritten for the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..diagnostics.diagnostic import Edit, apply
from ..diagnostics.source import Source
from ..reading.fence import Fence
from ..reading.markup import Markup, read_code
from .commands import read_contents
from .judge import Judge
from .report import Checked, Report, Snippet


def with_corrections(snippets: Sequence[Snippet], source: Source, dialect: Markup, judge: Judge) -> list[Snippet]:
    """The snippets, each with its correction if there is one: the certain fixes for what the newest release refuses, if
    it then accepts every command.
    """
    edits = tuple(edit for snippet in snippets for edit in _edits(snippet))
    if not edits:
        return list(snippets)
    # All fences are corrected in one copy of the page, so that it is read once more and not once for each of them.
    mended = Source(source.path, apply(edits, source.text))
    fences = {fence.line: fence for fence in read_code(mended, dialect).fences}
    return [
        _corrected(snippet, fences.get(snippet.fence.line), mended, judge) if _edits(snippet) else snippet
        for snippet in snippets
    ]


def corrected(report: Report) -> Source:
    """The text with the certain fixes applied to each fence that they correct: what it tells its readers to type."""
    edits = tuple(edit for snippet in report.snippets if snippet.correction is not None for edit in _edits(snippet))
    source = report.source
    return Source(source.path, apply(edits, source.text)) if edits else source


def _edits(snippet: Snippet) -> tuple[Edit, ...]:
    """The fixes for what the newest release refuses, and the release that the fence was written for does not."""
    todays = [checked.today for checked in snippet.commands if checked.today is not None]
    if snippet.unchecked is not None or all(today.status != "refused" for today in todays):
        return ()
    content = snippet.fence.content
    edits = (edit for today in todays for diagnostic in today.diagnostics for edit in diagnostic.edits)
    return tuple(edit for edit in edits if content.start <= edit.span.start and edit.span.end <= content.end)


def _corrected(snippet: Snippet, fence: Fence | None, mended: Source, judge: Judge) -> Snippet:
    """A snippet with the fence that replaces it, if that reads as the same commands and none of them is refused."""
    if fence is None:
        return snippet
    (contents,) = read_contents(mended, (fence,), judge)
    verdicts = [judge.verdict(command) for command in contents.commands]
    if len(verdicts) != len(snippet.commands) or any(verdict.status == "refused" for verdict in verdicts):
        return snippet
    commands = tuple(Checked(verdict.command, verdict.status, verdict) for verdict in verdicts)
    return replace(snippet, correction=Snippet(fence, commands))
