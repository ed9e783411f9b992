"""A fence that newer releases refuse, rewritten for the newest."""

from __future__ import annotations

from dataclasses import replace

from ..diagnostics.diagnostic import apply
from ..diagnostics.source import Source
from ..reading.markdown.dialect import Dialect
from ..reading.markdown.fences import read_fences
from .commands import read_contents
from .judge import Judge
from .report import Checked, Snippet


def corrected(snippet: Snippet, source: Source, dialect: Dialect, judge: Judge) -> Snippet:
    """The snippet, with its correction if there is one: the certain fixes for what the newest release refuses, if it
    then accepts every command.
    """
    todays = [checked.today for checked in snippet.commands if checked.today is not None]
    edits = tuple(edit for today in todays for diagnostic in today.diagnostics for edit in diagnostic.edits)
    if snippet.unchecked is not None or not edits or all(today.status != "refused" for today in todays):
        return snippet
    content = snippet.fence.content
    text = apply(edits, source.slice(content), content.start)
    mended = Source(source.path, source.text[: content.start] + text + source.text[content.end :])
    fence = next((each for each in read_fences(mended, dialect).fences if each.line == snippet.fence.line), None)
    if fence is None:
        return snippet
    (contents,) = read_contents(mended, (fence,), judge)
    verdicts = [judge.verdict(command) for command in contents.commands]
    if len(verdicts) != len(snippet.commands) or any(verdict.status == "refused" for verdict in verdicts):
        return snippet
    commands = tuple(Checked(verdict.command, verdict.status, verdict) for verdict in verdicts)
    return replace(snippet, correction=Snippet(fence, commands))
