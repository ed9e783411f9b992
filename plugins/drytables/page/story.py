"""A page followed from command to command, as on one machine: reports what conflicts with earlier commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source, Span
from ..meaning.canonical import canonical
from ..reading.need import Need
from ..reading.pattern import pattern
from ..reading.word import Command
from ..ruleset.simulation import Event, Simulation
from ..ruleset.state import Step
from .commands import Contents
from .report import Checked, Snippet

#: The machine's name in a prompt: `root@web1:~#`, `[root@web1 ~]#`, `web1#`.
_PROMPT = pattern(r"[\s>]*(?:\[?\w+@(?P<host>[\w.-]+)|(?P<alone>[\w.-]+)[#>$%])")


def follow(
    source: Source, snippets: Sequence[Snippet], contents: Sequence[Contents], given: frozenset[Need], *, is_added: bool
) -> list[Snippet]:
    """The snippets, with each command's conflicts with others, and only the needs that the page does not satisfy.

    `given` is what every reader has, as the header says. `is_added`: the tables of saved text are added to existing
    ones.
    """
    story, number, followed = Simulation(given), 0, []
    for snippet, held in zip(snippets, contents, strict=True):
        story.begin()
        if not (snippet.commands or held.others or held.tables):
            followed.append(snippet)
            continue
        steps = steps_of(snippet, source, number)
        number += len(steps)
        for event in events_of(steps, held):
            if isinstance(event, Step):
                story.run(event)
            else:
                table, rules = event
                story.load(table, rules, is_alone=table.is_whole and not is_added)
        commands = (_with_needs_left(checked, story) for checked in snippet.commands)
        followed.append(replace(snippet, commands=tuple(commands)))
    story.end()
    findings: dict[int, list[Diagnostic]] = {}
    for finding in story.findings:
        findings.setdefault(finding.step.number, []).append(finding.diagnostic)
    return _with_findings(followed, findings) if findings else followed


def steps_of(snippet: Snippet, source: Source, number: int = 0) -> list[Step]:
    """The commands of a fence as steps, the first of which has a number; all of them follow."""
    return [
        step_of(each, _rule_text(each), _host(each.command, source), number + at)
        for at, each in enumerate(snippet.commands)
    ]


def events_of(steps: Sequence[Step], contents: Contents) -> list[Event]:
    """What happens in a fence, in order; the rules of a saved table are loaded all at once."""
    saved = {rule.span for _, rules in contents.tables for rule in rules}
    by_span = {step.command.span: step for step in steps}
    events: list[tuple[Span, Event]] = [(step.command.span, step) for step in steps if step.command.span not in saved]
    events += ((other.span, Step(other)) for other in contents.others)
    events += ((table.span, (table, [by_span[rule.span] for rule in rules])) for table, rules in contents.tables)
    return [event for _, event in sorted(events, key=lambda event: event[0])]


def _with_needs_left(checked: Checked, story: Simulation) -> Checked:
    needs = checked.verdict.needs
    if not needs and not checked.needs:
        return checked
    return replace(checked, needs=tuple(need for need in needs if not story.satisfies(need)))


def _with_findings(snippets: Sequence[Snippet], findings: dict[int, list[Diagnostic]]) -> list[Snippet]:
    """The snippets, with the findings for each command, by its number; unchecked commands get none."""
    result, number = [], 0
    for snippet in snippets:
        commands = []
        for checked in snippet.commands:
            mine = findings.get(number, []) if checked.status != "unchecked" else []
            commands.append(checked.with_findings(mine) if mine else checked)
            number += 1
        result.append(replace(snippet, commands=tuple(commands)))
    return result


def step_of(checked: Checked, text: str | None = None, host: str = "", number: int = 0) -> Step:
    """A command as a step of the story; an unchecked one may do anything. The rest is as in Step."""
    verdict, command = checked.verdict, checked.command
    if checked.status == "unchecked":
        command = command._replace(is_conditional=True)
    refusal = checked.refusal or verdict.refusal
    return Step(command, verdict.rule, checked.outcome, refusal, verdict.needs, text, host, number)


def _rule_text(checked: Checked) -> str | None:
    """The rules that a command adds or deletes, in canonical form, without the command and the chain."""
    rule = checked.verdict.rule
    if checked.outcome != "accepted":
        return None
    text = canonical(rule.changed(command="append") if rule.command == "delete" else rule)
    if text is None or rule.chain is None:
        return text
    head = f"-A {rule.chain.text}"
    return "\n".join(line.removeprefix(head).strip() for line in text.split("\n"))


def _host(command: Command, source: Source) -> str:
    """The machine that the prompt before a command names; empty if it names none."""
    line, column = source.position(command.span.start)
    if column == 1:
        return ""
    prompt = _PROMPT.match(source.line(line)[: column - 1])
    return (prompt["host"] or prompt["alone"]) if prompt else ""
