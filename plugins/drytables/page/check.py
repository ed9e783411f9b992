"""A page, from its text to a Report. `check` is the call, and shows the order of work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from ..diagnostics.diagnostic import Diagnostic, Severity
from ..diagnostics.source import Source
from ..grammar.history.releases import NEWEST, Release
from ..reading.fence import Fence
from ..reading.markdown.header import read_header
from ..reading.markup import Markup, read_code
from ..reading.pattern import pattern
from ..reading.relevance import may_concern_us
from ..reading.word import Command
from .advised import with_advice
from .certainty import without_uncertain_edits
from .commands import Contents, created_chains, read_contents
from .correction import with_corrections
from .damage import with_damage_reported
from .ignored import with_ignored
from .inferred_table import with_table_noted
from .inline_commands import inline_commands
from .judge import Judge
from .marks import held_to_its_mark, read_marks
from .no_shell import with_missing_shell_told
from .report import Checked, Report, Snippet
from .saved_tables import with_tables_checked
from .shell import with_shell_refusals
from .story import follow

#: What tells that the tables on a page are added to existing ones, as ufw and Docker do too, in lower case. Each begins
#: with letters that are searched for at once, which `\b` at its front would not allow.
_ADDED = (pattern("--noflush"), pattern(r"restore6?[ \t]+-n\b"), pattern(r"ufw(?<=\bufw)\b"))


def check(
    source: Source,
    newest: Release | None = None,
    dialect: Markup = "superfences",
    *,
    inline: Severity = "note",
    advises: bool = False,
) -> Report:
    """Judge every iptables command of a page.

    Takes the text, the release to judge by if a fence names none (the newest known by default), which Markdown or other
    markup the text is written in, how severe a fault of a command within a sentence is, and whether to say as well what
    could be better about commands that work. Returns a Report; raises nothing, whatever the text contains.

    The order of work:

    1. A text without a word that concerns iptables is not read any further.
    2. Its code is read, and the commands in it: from here on a placeholder is a hole, and a rule without a table is in
       the one that accepts it.
    3. Each command is judged by itself. That verdict does not change afterwards.
    4. The rest of the page is considered: the tables of saved text, damage done by publishing, what the shell rejects,
       and the commands before and after. Their findings are kept beside the verdict.
    5. Edits that are only guesses are dropped, and a diagnostic that a mark expects is not a fault.
    6. A fence that only newer releases refuse is corrected, and the correction is judged.

    >>> check(Source("post.md", "    iptables -A INPUT -s 192.0.2.300 -j DROP")).is_refused
    True
    """
    if not may_concern_us(source.text):
        return Report(source)
    page, header = read_code(source, dialect), read_header(source)
    judge = Judge(newest or Release(NEWEST))
    contents = read_contents(source, page.fences, judge)
    needs = header.needs | page.needs
    given = {need.name for need in needs if need.kind == "chain"}
    judge = replace(judge, known_chains=frozenset(given.union(*map(created_chains, contents))))
    snippets = [_judged(read_marks(fence), held, judge) for fence, held in zip(page.fences, contents, strict=True)]
    snippets = follow(source, snippets, contents, needs, is_added=is_added(source.text))
    snippets = [_finished(snippet, held, judge) for snippet, held in zip(snippets, contents, strict=True)]
    snippets = with_advice(snippets, contents, source, is_added=is_added(source.text)) if advises else snippets
    snippets = with_corrections(snippets, source, dialect, judge)
    about_markup = (*_about_marks(page.diagnostics, snippets), *_about_fences(snippets))
    sentences = inline_commands(page.spans, judge, inline)
    own = (*about_markup, *header.diagnostics, *(found for each in sentences for found in each.findings))
    report = with_ignored(Report(source, tuple(snippets), own, inline=sentences), is_advised=advises)
    return _of_notebook(report) if dialect == "notebook" else report


def _of_notebook(report: Report) -> Report:
    from .notebook import told_by_cells

    return told_by_cells(report)


def is_added(text: str) -> bool:
    """Whether the tables in a text are added to existing ones."""
    plain = text.casefold()
    return any(sign.search(plain) for sign in _ADDED)


def _judged(snippet: Snippet, contents: Contents, judge: Judge) -> Snippet:
    """A fence with the verdicts on its commands, and the findings that need no other fence."""
    if contents.commands:
        snippet = replace(snippet, commands=tuple(_checked(each, snippet, judge) for each in contents.commands))
    if snippet.unchecked is not None:
        return snippet
    if contents.diagnostics:
        snippet = replace(snippet, diagnostics=(*snippet.diagnostics, *contents.diagnostics))
    snippet = with_tables_checked(snippet, contents.tables)
    snippet = with_damage_reported(snippet, contents.damaged, judge)
    return with_missing_shell_told(with_shell_refusals(snippet))


def _checked(command: Command, snippet: Snippet, judge: Judge) -> Checked:
    """A command with the verdicts of the release it was written for and of the newest."""
    verdict = judge.verdict(command, snippet.release)
    if snippet.unchecked is not None:
        return Checked(command, "unchecked", verdict)
    findings = tuple(with_table_noted(each, command) for each in verdict.diagnostics)
    if snippet.release is None or snippet.release == judge.newest:
        return Checked(command, verdict.status, verdict, findings)
    today = judge.verdict(command)
    is_refused_later = verdict.status != "refused" and today.status == "refused"
    since = judge.first_to_refuse(command, snippet.release) if is_refused_later else None
    return Checked(command, verdict.status, verdict, findings, today=today, refused_since=since)


def _finished(snippet: Snippet, contents: Contents, judge: Judge) -> Snippet:
    """A fence with all findings: adds notes on older releases, drops uncertain edits, and applies its mark."""
    if not snippet.commands and not snippet.diagnostics and snippet.refused is None:
        return snippet
    snippet = without_uncertain_edits(snippet, contents.tables)
    if snippet.unchecked is not None:
        return snippet
    snippet = held_to_its_mark(snippet)
    if all(each.verdict.refusal is None for each in snippet.commands):
        return snippet
    fence = snippet.fence
    return replace(snippet, commands=tuple(_with_last_release(each, judge, fence) for each in snippet.commands))


def _with_last_release(checked: Checked, judge: Judge, fence: Fence) -> Checked:
    """Add to the first refusal which older release accepted the command, in case it was written for that one."""
    refusal = checked.verdict.refusal
    if checked.today is not None or refusal is None:
        return checked
    findings = list(checked.findings)
    at = next((at for at, each in enumerate(findings) if _is_same(each, refusal)), None)
    last = None if at is None else judge.last_to_accept(checked.command, checked.verdict.release)
    if at is None or last is None:
        return checked
    mark = f'mark the fence {{.sh iptables="{last}"}}' if fence.kind != "file" else f"check it with --iptables {last}"
    note = f"iptables {last} took it; if it was written for that release, {mark}"
    findings[at] = findings[at]._replace(notes=(*findings[at].notes, note))
    return replace(checked, findings=tuple(findings))


def _is_same(finding: Diagnostic, refusal: Diagnostic) -> bool:
    """Whether a finding is this refusal, apart from notes and edits."""
    return (finding.code, finding.message, finding.label) == (refusal.code, refusal.message, refusal.label)


def _about_marks(diagnostics: tuple[Diagnostic, ...], snippets: list[Snippet]) -> Iterator[Diagnostic]:
    """What is wrong with marks, where there is anything to judge: on other fences they may be for other programs."""
    concerned = {each.fence.info.end for each in snippets if each.commands or each.diagnostics}
    ends = sorted(each.fence.info.end for each in snippets)
    for diagnostic in diagnostics:
        at = bisect_left(ends, diagnostic.span.start)
        if at < len(ends) and ends[at] in concerned:
            yield diagnostic


def _about_fences(snippets: list[Snippet]) -> Iterator[Diagnostic]:
    """What is wrong with fences that contain or swallow commands; other fences are not our business."""
    at = 0
    while at < len(snippets):
        fence, after = snippets[at].fence, at + 1
        while fence.swallowed and after < len(snippets) and snippets[after].fence.block.starts_in(fence.swallowed):
            after += 1
        if fence.diagnostic is not None and any(each.commands or each.diagnostics for each in snippets[at:after]):
            yield fence.diagnostic
        at = after
