"""One Source to a Report: its snippets, the verdict on each command, and everything that was found. `check` is the
call.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .diagnostics.codes.page import BAD_MARK, NOT_REFUSED
from .diagnostics.codes.saved import NOT_IN_SAVED
from .diagnostics.diagnostic import Diagnostic, Edit, Label, apply
from .diagnostics.source import Source, Span
from .grammar.releases import FIRST, NEWEST, Release, releases
from .judging.advice import advice
from .judging.certainty import is_certain
from .judging.chain_names import is_target
from .judging.contents import Contents, read_contents
from .judging.damage import explain, prose
from .judging.guessed_table import with_table_said
from .judging.ruleset import Step
from .judging.saved_text import check_rule, check_table
from .judging.stand_ins import with_stand_ins
from .judging.story import Story
from .judging.verdict import Verdict, judge
from .reading.damage import DamagedLine
from .reading.dialect import Dialect
from .reading.fences import Fence, read_fences
from .reading.header import read_header
from .reading.need import Need
from .reading.relevance import may_concern_us
from .reading.saved import SavedTable
from .reading.word import Command
from .telling.canonical import canonical

#: What became of a command: `open` when something in it is not known, `unchecked` when the author says why it is not
#: judged.
Status = Literal["accepted", "refused", "open", "unchecked"]


@dataclass(slots=True)
class Checked:
    """One command of a text and what was found out about it.

    `verdict` is that of the release its fence is marked with, or of the newest; `today` that of the newest when it is
    another one. `refused_since` is the first release after the marked one that refuses the command. `needs` is what
    must be there for it, without what the post makes before.
    """

    command: Command
    status: Status
    verdict: Verdict
    diagnostics: list[Diagnostic] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    today: Verdict | None = None
    refused_since: Release | None = None


@dataclass(slots=True)
class Snippet:
    """One fence with its commands; `repaired` is its text with the certain cures made, when all of it is then
    accepted.
    """

    fence: Fence
    commands: list[Checked] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    release: Release | None = None
    unchecked: str | None = None
    refused: str | None = None
    repaired: str | None = None


@dataclass(slots=True)
class Report:
    """What is known of a source: its snippets, and the diagnostics that belong to no snippet."""

    source: Source
    snippets: list[Snippet]
    diagnostics: list[Diagnostic]

    def commands(self) -> Iterator[Checked]:
        """Every command, in order."""
        for snippet in self.snippets:
            yield from snippet.commands

    def all_diagnostics(self) -> list[Diagnostic]:
        """Everything found, in the order of the text."""
        found = list(self.diagnostics)
        for snippet in self.snippets:
            found += snippet.diagnostics
            for checked in snippet.commands:
                found += checked.diagnostics
        return sorted(found, key=lambda each: (each.span.start, each.severity != "error"))

    @property
    def is_refused(self) -> bool:
        """Whether the build must fail for it."""
        return any(each.severity == "error" for each in self.all_diagnostics())


def check(source: Source, newest: Release | None = None, dialect: Dialect = "superfences") -> Report:
    """Judge every iptables command of a Markdown text.

    Takes the text, the release to judge by where a fence names none (the newest known by default), and which Markdown
    will read the text. Returns a Report; raises nothing for what the text holds.

    >>> check(Source("post.md", "    iptables -A INPUT -s 192.0.2.300 -j DROP")).is_refused
    True
    """
    newest = newest or Release(NEWEST)
    if not may_concern_us(source.text):
        return Report(source, [], [])
    page, header = read_fences(source, dialect), read_header(source)
    readings = read_contents(source, page.fences, newest)
    made = frozenset({need.name for need in header.needs if need.kind == "chain"}.union(*map(_made, readings)))
    snippets = [_judged(fence, reading, newest, made) for fence, reading in zip(page.fences, readings, strict=True)]
    _tell_story(source, snippets, readings, header.needs, is_added=bool(_ADDED.search(source.text)))
    for snippet, reading in zip(snippets, readings, strict=True):
        _leave_alone_what_is_in_doubt(snippet, reading)
        if snippet.unchecked is None:
            _hold_to_its_mark(snippet)
            if any(checked.today is not None and checked.today.status == "refused" for checked in snippet.commands):
                snippet.repaired = _repaired(source, snippet, newest, dialect, made)
    own = [*page.diagnostics, *_diagnostics_of_fences(snippets), *header.diagnostics, *advice(page.spans, newest, made)]
    return Report(source, snippets, own)


def _leave_alone_what_is_in_doubt(snippet: Snippet, reading: Contents) -> None:
    """Takes the edits out of diagnostics whose cure is only a guess; their help stays."""
    for checked in snippet.commands:
        checked.diagnostics = [
            each if is_certain(each, checked.command, snippet.fence.language) else each._replace(edits=())
            for each in checked.diagnostics
        ]
    output = sorted(table.span for table, _ in reading.tables if table.may_be_output)
    starts = [span.start for span in output]

    def may_be_output(span: Span) -> bool:
        before = bisect_right(starts, span.start)
        return before > 0 and span.start < output[before - 1].end

    snippet.diagnostics = [
        each._replace(edits=()) if may_be_output(each.span) else each for each in snippet.diagnostics
    ]


def _diagnostics_of_fences(snippets: list[Snippet]) -> Iterator[Diagnostic]:
    """What is wrong with the fences around commands, or that swallow some; one without any is not our business."""
    at = 0
    while at < len(snippets):
        fence, after = snippets[at].fence, at + 1
        while fence.swallowed and after < len(snippets) and _is_within(snippets[after].fence.block, fence.swallowed):
            after += 1
        if fence.diagnostic is not None and any(each.commands or each.diagnostics for each in snippets[at:after]):
            yield fence.diagnostic
        at = after


#: What says on a page that the tables it shows are added to those that are there: ufw and Docker do so too.
_ADDED = re.compile(r"--noflush|restore6?[ \t]+-n\b|\bufw\b", re.IGNORECASE)


def _made(reading: Contents) -> set[str]:
    """The names of the chains that a fence makes."""
    names = {line.chain.text for table, _ in reading.tables for line in table.chains}
    for command in reading.commands:
        words = [word.text for word in command.words]
        for option, distance in _MAKING.items():
            if option in words[: -distance or None]:
                name = words[words.index(option) + distance]
                names |= set() if is_target(name, command.family, Release(NEWEST)) else {name}
    return names


#: The options that make a chain, and how many words behind them its name stands.
_MAKING = {"-N": 1, "--new-chain": 1, "--new": 1, "-E": 2, "--rename-chain": 2}


def _judged(fence: Fence, reading: Contents, newest: Release, made: frozenset[str]) -> Snippet:
    snippet = Snippet(fence)
    _read_marks(snippet)
    snippet.commands = [_checked(command, snippet, newest, made) for command in reading.commands]
    if snippet.unchecked is None:
        snippet.diagnostics += reading.diagnostics
        by_command = {id(checked.command): checked for checked in snippet.commands}
        for table, rules in reading.tables:
            _check_table(snippet, by_command, table, rules)
        _find_damage(snippet, reading.damaged, newest, made)
        _refuse_by_shell(snippet)
    return snippet


def _find_damage(snippet: Snippet, lines: tuple[DamagedLine, ...], newest: Release, made: frozenset[str]) -> None:
    """Tells what publishing did to a command in place of all that follows from it."""

    def judged(command: Command) -> Verdict:
        return judge(command, snippet.release or newest, made)

    for line in lines:
        here = [each for each in snippet.commands if line.span.start <= each.command.span.start < line.span.end]
        mended = [judged(with_stand_ins(command, newest, made)) for command in line.commands]
        found = explain(line, [each.verdict for each in here], mended)
        if found is None:
            continue
        if not here:
            here = [Checked(line.commands[0], "open", mended[0])]
            snippet.commands = sorted([*snippet.commands, *here], key=lambda each: each.command.span)
        left = [each for verdict in mended for each in verdict.diagnostics if each.severity == "error"]
        for checked in here:
            checked.diagnostics, checked.verdict.diagnostics = [], []
            if checked.status == "refused":
                checked.status = checked.verdict.status = "open"
        for each in (found, *left):
            _refuse(here[0], each)
        snippet.diagnostics = [each for each in snippet.diagnostics if not _is_within(each.span, line.span)]
    for checked in snippet.commands:
        found = prose(checked.verdict, judged)
        if found is not None:
            checked.diagnostics, checked.verdict.diagnostics = [], []
            checked.status = checked.verdict.status = "open"
            _refuse(checked, found)


def _is_within(span: Span, line: Span) -> bool:
    return line.start <= span.start < line.end


def _refuse_by_shell(snippet: Snippet) -> None:
    """Gives what the shell does not take to the command that it keeps from running."""
    starts = [each.command.span.start for each in snippet.commands]
    left = []
    for found in snippet.diagnostics:
        before = bisect_left(starts, found.span.start)
        if before and found.severity == "error" and "shell" in found.code.about:
            _refuse(snippet.commands[before - 1], found)
        else:
            left.append(found)
    snippet.diagnostics = left


def _check_table(snippet: Snippet, commands: dict[int, Checked], table: SavedTable, rules: list[Command]) -> None:
    """What iptables-restore says of a table, and of the rules in it that no table can have.

    `commands` are those of the snippet, by the `id` of each.
    """
    found = list(check_table(table))
    snippet.diagnostics += found
    for rule in rules:
        checked = commands[id(rule)]
        checked.diagnostics = [each for each in checked.diagnostics if each.span != table.name.span]
        for each in check_rule(checked.verdict, table.name):
            # It was judged for a table that it cannot name.
            if each.code == NOT_IN_SAVED:
                checked.diagnostics, checked.verdict.diagnostics = [], []
            _refuse(checked, each)


def _refuse(checked: Checked, found: Diagnostic) -> None:
    """Adds what was found out about a command beside what it says by itself."""
    checked.diagnostics.append(found)
    checked.verdict.diagnostics.append(found)
    if found.severity == "error":
        checked.status = checked.verdict.status = "refused"


def _tell_story(
    source: Source,
    snippets: list[Snippet],
    readings: list[Contents],
    given: frozenset[Need],
    *,
    is_added: bool,
) -> None:
    """Follows the post from command to command, and adds what does not fit to each."""
    story = Story(given)
    told: dict[int, Checked] = {}
    for snippet, reading in zip(snippets, readings, strict=True):
        story.begin()
        steps = {id(checked.command): _step(checked, source) for checked in snippet.commands}
        told |= {id(steps[id(checked.command)]): checked for checked in snippet.commands}
        saved = {id(rule) for _, rules in reading.tables for rule in rules}
        events: list[tuple[Span, Step | tuple[SavedTable, list[Command]]]] = [
            (step.command.span, step) for key, step in steps.items() if key not in saved
        ]
        events += ((other.span, Step(other)) for other in reading.others)
        events += ((table.span, (table, rules)) for table, rules in reading.tables)
        for _, event in sorted(events, key=lambda event: event[0]):
            if isinstance(event, Step):
                story.tell(event)
            else:
                table, rules = event
                is_alone = table.is_whole and not is_added
                story.tell_saved(table, [steps[id(rule)] for rule in rules], is_alone=is_alone)
        for checked in snippet.commands:
            checked.needs = [need for need in checked.verdict.needs if not story.satisfies(need)]
    story.end()
    for finding in story.findings:
        checked = told[id(finding.step)]
        if checked.status != "unchecked":
            _refuse(checked, finding.diagnostic)


def _step(checked: Checked, source: Source) -> Step:
    """A command as a step of the story; one that is not checked may do anything."""
    verdict = checked.verdict
    command = checked.command._replace(is_conditional=True) if checked.status == "unchecked" else checked.command
    rule = verdict.rule.changed(command="append") if verdict.rule.command == "delete" else verdict.rule
    text = canonical(rule) if verdict.status == "accepted" else None
    if text is not None and rule.chain is not None:
        head = f"-A {rule.chain.text}"
        text = "\n".join(line.removeprefix(head).strip() for line in text.split("\n"))
    line, column = source.position(command.span.start)
    prompt = _PROMPT.match(source.line(line)[: column - 1])
    return Step(command, verdict, text, (prompt["host"] or prompt["alone"]) if prompt else "")


#: The machine's name in a prompt: `root@web1:~#`, `[root@web1 ~]#`, `web1#`.
_PROMPT = re.compile(r"[\s>]*(?:\[?\w+@(?P<host>[\w.-]+)|(?P<alone>[\w.-]+)[#>$%])")


def _read_marks(snippet: Snippet) -> None:
    marks = snippet.fence.marks
    if "unchecked" in marks:
        snippet.unchecked = (marks["unchecked"].value or "").strip() or None
    if "refused" in marks:
        snippet.refused = marks["refused"].value or None
    if "iptables" in marks:
        version = marks["iptables"]
        try:
            snippet.release = Release(version.value or "")
        except ValueError:
            snippet.diagnostics.append(
                Diagnostic(
                    BAD_MARK,
                    f"unknown iptables release `{version.value}`",
                    Label(version.value_span),
                    help=f"the known releases are {FIRST} to {NEWEST}",
                )
            )


def _checked(command: Command, snippet: Snippet, newest: Release, made: frozenset[str]) -> Checked:
    verdict = judge(command, snippet.release or newest, made)
    if snippet.unchecked is not None:
        return Checked(command, "unchecked", verdict)
    said = [with_table_said(each, command) for each in verdict.diagnostics]
    checked = Checked(command, verdict.status, verdict, said)
    if snippet.release is not None and snippet.release != newest:
        checked.today = judge(command, newest, made)
        if verdict.status != "refused" and checked.today.status == "refused":
            later = (release for release in releases() if snippet.release < release)
            checked.refused_since = next(each for each in later if judge(command, each, made).status == "refused")
    elif verdict.status == "refused":
        checked.diagnostics = [_with_last_release(each, command, verdict, made) for each in checked.diagnostics]
    return checked


def _with_last_release(found: Diagnostic, command: Command, verdict: Verdict, made: frozenset[str]) -> Diagnostic:
    """Adds to the first refusal which older release took the command, for an author who wrote it for that one."""
    if found is not verdict.refusal:
        return found
    older = [release for release in releases() if release < verdict.release]
    last = next((release for release in reversed(older) if judge(command, release, made).status == "accepted"), None)
    if last is None:
        return found
    note = f'iptables {last} accepts this; if it was written for that release, mark the fence {{.sh iptables="{last}"}}'
    return found._replace(notes=(*found.notes, note))


def _hold_to_its_mark(snippet: Snippet) -> None:
    """A fence marked `refused` must be refused, with that code: then it is no fault, else that is one."""
    if snippet.refused is None:
        return
    found = [each for checked in snippet.commands for each in checked.diagnostics if each.code == snippet.refused]
    if not found:
        codes = {each.code for checked in snippet.commands for each in checked.diagnostics if each.severity == "error"}
        instead = f"it is refused with `{'`, `'.join(sorted(codes))}`" if codes else "iptables accepts all of it"
        snippet.diagnostics.append(
            Diagnostic(
                NOT_REFUSED,
                f"nothing in this fence is refused with `{snippet.refused}`",
                Label(snippet.fence.marks["refused"].value_span, instead),
                help="remove or correct the mark",
            )
        )
    for checked in snippet.commands:
        checked.diagnostics = [each for each in checked.diagnostics if each.code != snippet.refused]


def _repaired(source: Source, snippet: Snippet, newest: Release, dialect: Dialect, made: frozenset[str]) -> str | None:
    """The fence's text with the cures of today's refusals made, if each of its commands is then accepted."""
    edits: tuple[Edit, ...] = ()
    for checked in snippet.commands:
        for found in checked.today.diagnostics if checked.today else ():
            edits += found.edits
    if not edits:
        return None
    content = snippet.fence.content
    before, after = source.text[: content.start], source.text[content.end :]
    text = apply(edits, source.slice(content), content.start)
    mended = Source(source.path, before + text + after)
    fence = next((each for each in read_fences(mended, dialect).fences if each.line == snippet.fence.line), None)
    if fence is None:
        return None
    commands = read_contents(mended, (fence,), newest)[0].commands
    if len(commands) != len(snippet.commands):
        return None
    if any(judge(command, newest, made).status == "refused" for command in commands):
        return None
    return fence.code.text
