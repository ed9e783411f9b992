"""One Source to a Report: its snippets, the verdict on each command, and everything that was found. `check` is the
call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from .diagnostics.diagnostic import Diagnostic, Edit, Label, apply
from .diagnostics.source import Source, Span
from .grammar.releases import FIRST, NEWEST, Release, releases
from .judging.verdict import Verdict, judge
from .reading.fences import Fence, read_fences
from .reading.saved import SavedTable, read_saved
from .reading.shell import read_commands
from .reading.word import Command, Word

#: What became of a command: `open` when something in it is not known, `unchecked` when the author says why it is not
#: judged.
Status = Literal["accepted", "refused", "open", "unchecked"]


@dataclass(slots=True)
class Checked:
    """One command of a text and what was found out about it.

    `verdict` is that of the release its fence is marked with, or of the newest; `today` that of the newest when it is
    another one. `refused_since` is the first release after the marked one that refuses the command.
    """

    command: Command
    status: Status
    verdict: Verdict
    diagnostics: list[Diagnostic] = field(default_factory=list)
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

    @property
    def is_about_iptables(self) -> bool:
        """Whether there is a command in it to speak of."""
        return bool(self.commands)


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


def check(source: Source, newest: Release | None = None) -> Report:
    """Judge every iptables command of a Markdown text.

    Takes the text and the release to judge by where a fence names none; the newest known by default. Returns a Report;
    raises nothing for what the text holds.
    """
    newest = newest or Release(NEWEST)
    page = read_fences(source)
    return Report(source, [_snippet(source, fence, newest) for fence in page.fences], list(page.diagnostics))


def _snippet(source: Source, fence: Fence, newest: Release) -> Snippet:
    snippet = Snippet(fence)
    _read_marks(snippet)
    commands, diagnostics = _commands(source, fence)
    snippet.commands = [_checked(command, snippet, newest) for command in commands]
    if snippet.unchecked is None:
        snippet.diagnostics += diagnostics
        _hold_to_its_mark(snippet)
        if any(checked.today is not None and checked.today.status == "refused" for checked in snippet.commands):
            snippet.repaired = _repaired(source, snippet, newest)
    return snippet


def _commands(source: Source, fence: Fence) -> tuple[list[Command], list[Diagnostic]]:
    """The commands of a fence, and the rules of iptables-save text in it, in the order of the text."""
    script = read_commands(source, fence)
    commands, diagnostics = [*script.commands], [*script.diagnostics]
    for part in script.saved:
        saved = read_saved(part)
        diagnostics += saved.diagnostics
        commands += (_rule_of(table, rule) for table in saved.tables for rule in table.rules)
    return sorted(commands, key=lambda command: command.span), diagnostics


def _rule_of(table: SavedTable, rule: Command) -> Command:
    """The command that would add a rule of a saved table."""
    program = Word("iptables" if rule.family == "ipv4" else "ip6tables", Span(rule.span.start, rule.span.start))
    option = Word("-t", Span(table.name.span.start, table.name.span.start))
    return replace(rule, words=(program, option, table.name, *rule.words))


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
                    "bad-mark",
                    f"there is no iptables `{version.value}`",
                    Label(version.value_span),
                    help=f"the releases known here are {FIRST} to {NEWEST}",
                )
            )


def _checked(command: Command, snippet: Snippet, newest: Release) -> Checked:
    verdict = judge(command, snippet.release or newest)
    if snippet.unchecked is not None:
        return Checked(command, "unchecked", verdict)
    checked = Checked(command, verdict.status, verdict, list(verdict.diagnostics))
    if snippet.release is not None and snippet.release != newest:
        checked.today = judge(command, newest)
        if verdict.status != "refused" and checked.today.status == "refused":
            later = (release for release in releases() if snippet.release < release)
            checked.refused_since = next(each for each in later if judge(command, each).status == "refused")
    elif verdict.status == "refused":
        checked.diagnostics = [_with_last_release(each, command, verdict) for each in checked.diagnostics]
    return checked


def _with_last_release(found: Diagnostic, command: Command, verdict: Verdict) -> Diagnostic:
    """Adds to the first refusal which older release took the command, for an author who wrote it for that one."""
    if found is not verdict.refusal:
        return found
    older = [release for release in releases() if release < verdict.release]
    last = next((release for release in reversed(older) if judge(command, release).status == "accepted"), None)
    if last is None:
        return found
    note = f'iptables {last} took it; if it was written for that, mark the fence: {{.sh iptables="{last}"}}'
    return replace(found, notes=(*found.notes, note))


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
                "not-refused",
                f"nothing in this fence is refused with `{snippet.refused}`",
                Label(snippet.fence.marks["refused"].value_span, instead),
                help="take the mark away, or correct it",
            )
        )
    for checked in snippet.commands:
        checked.diagnostics = [each for each in checked.diagnostics if each.code != snippet.refused]


def _repaired(source: Source, snippet: Snippet, newest: Release) -> str | None:
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
    fence = next((each for each in read_fences(mended).fences if each.line == snippet.fence.line), None)
    if fence is None:
        return None
    commands, _ = _commands(mended, fence)
    if len(commands) != len(snippet.commands):
        return None
    if any(judge(command, newest).status == "refused" for command in commands):
        return None
    return fence.code.text
