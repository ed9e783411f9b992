"""Advice about the commands of a page: within one piece of code, or several that go on with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..advice.advise import advise
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source, Span
from .commands import Contents, without_lines_of_tables
from .joined import joined
from .report import Report, Snippet
from .sifting import sifted
from .story import events_of, steps_of


def with_advice(
    snippets: Sequence[Snippet], contents: Sequence[Contents], source: Source, *, is_added: bool
) -> list[Snippet]:
    """The snippets, with notes on what could be better beside the findings of the commands that they are about.

    Nothing is said of code that its author does not want judged, nor across pieces of code that may be alternatives.
    """
    found: dict[Span, list[Diagnostic]] = {}
    for group in _groups(snippets):
        events = [
            event
            for at in group
            for event in events_of(steps_of(snippets[at], source), without_lines_of_tables(contents[at]))
        ]
        for note in advise(source, events, is_added=is_added):
            found.setdefault(note.span, []).append(note)
    if not found:
        return [*snippets]
    waiting = sorted(found, reverse=True)
    advised = []
    for snippet in snippets:
        commands, others = [], [*snippet.diagnostics]
        for checked in snippet.commands:
            mine: list[Diagnostic] = []
            while waiting and waiting[-1].start <= checked.command.span.end:
                span = waiting.pop()
                (mine if span.starts_in(checked.command.span) else others).extend(found[span])
            commands.append(checked.with_findings(mine) if mine else checked)
        advised.append(replace(snippet, commands=tuple(commands), diagnostics=tuple(others)))
    return advised


def without_advice(report: Report) -> Report:
    """A report as if no advice had been asked for."""
    told = sifted(report, lambda each: None if each.code.on == "advice" else each, "switched off")
    return replace(told, untold=tuple((why, each) for why, each in report.untold if each.code.on != "advice"))


def _groups(snippets: Sequence[Snippet]) -> list[tuple[int, ...]]:
    """The indexes of the snippets that are looked at together."""
    judged = {at for at, each in enumerate(snippets) if each.commands and each.unchecked is None}
    stories = [*joined(snippets).values()]
    told = {at for story in stories for at in story}
    groups = [tuple(at for at in story if at in judged) for story in stories]
    return [group for group in (*groups, *((at,) for at in sorted(judged - told))) if group]
