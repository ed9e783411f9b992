"""`drytables nft`: a command, or all commands of a text, in nft."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..formats.terminal import text
from ..grammar.history.releases import Release
from ..grammar.values.base import IPV4, Family
from ..judging.verdict import Verdict, judge
from ..nft.commands import translate
from ..nft.joining import joined
from ..nft.releases import in_words
from ..nft.script import Command, Table, script
from ..nft.translation import Translation
from ..page.check import is_added
from ..page.events_of_text import EventsOfText, events_of_code, events_of_page
from ..reading.saved import SavedTable
from ..reading.shell.line import read_line
from ..ruleset.state import Step
from .dialects import is_page, markup_of
from .files import STDIN, Unreadable, read
from .status import CLEAN, FINDINGS, USAGE


def print_command(line: str, release: Release, color: bool, is_joined: bool = False) -> int:
    """Print one command in nft, as fewer rules if joined, or why nft cannot say it; returns the exit status."""
    source = Source("command", line)
    command = read_line(source)
    if isinstance(command, Diagnostic):
        print(text(command, source, color), file=sys.stderr)
        return FINDINGS
    verdict = judge(command, release)
    if verdict.status != "accepted":
        print(_why(verdict, source, color), file=sys.stderr)
        return FINDINGS
    translation = translate(verdict.rule)
    if translation.why_not is not None:
        reason, nearest = translation.why_not
        print(f"drytables: not in nft: {reason}" + (f"\nnearest: {nearest}" if nearest else ""), file=sys.stderr)
        return FINDINGS
    print("\n".join(_lines(translation, is_joined)))
    return CLEAN


def _why(verdict: Verdict, source: Source, color: bool) -> str:
    """Why a command that is not accepted has no form in nft."""
    found = [text(each, source, color) for each in verdict.diagnostics]
    if verdict.holes:
        found.append(f"drytables: still to be filled in: {', '.join(verdict.holes)}")
    return "\n\n".join(found)


def _lines(translation: Translation, is_joined: bool) -> Iterator[str]:
    if translation.release:
        yield f"# {in_words(translation.release)}"
    fewer = joined(translation.statements) if is_joined else []
    notes = dict.fromkeys([*translation.notes, *(one.note for one in fewer if one.note)])
    yield from (f"# {note}" for note in notes)
    yield from translation.foundations
    yield from translation.objects
    yield from map(str, fewer or translation.statements)


def print_file(name: str, release: Release, is_joined: bool = False) -> int:
    """Print the commands of a page, a script or a saved rule set as one file for `nft -f`, with fewer rules if they are
    joined; returns the exit status.
    """
    try:
        content = read(name).text
    except Unreadable as trouble:
        print(f"drytables: {trouble}", file=sys.stderr)
        return USAGE
    source = Source("<stdin>" if name == STDIN else name, content)
    if is_page(source):
        found = events_of_page(source, markup_of(name, content, None), release)
    else:
        found = events_of_code(source, release)
    made = script(_steps(found), is_joined)
    print(made.text, end="")
    for line in made.missing:
        print(f"drytables: {line}", file=sys.stderr)
    return FINDINGS if made.missing else CLEAN


def _steps(found: EventsOfText) -> Iterator[Command | Table]:
    """The commands and the tables of a text, in order; what other programs do is left out."""
    is_alone = not is_added(found.source.text)
    for event in found.events:
        if isinstance(event, Step):
            if event.rule is not None:
                yield _command(event, found.source)
        else:
            table, rules = event
            yield _table(table, rules[0].command.family if rules else IPV4, is_alone)
            yield from (_command(rule, found.source) for rule in rules)


def _command(step: Step, source: Source) -> Command:
    span = step.command.span
    where, typed = f"{source.path}:{source.position(span.start)[0]}", source.slice(span)
    if step.status == "accepted":
        return Command(where, typed, step.rule)
    return Command(where, typed, None, "iptables refuses it" if step.status == "refused" else "it is not complete")


def _table(table: SavedTable, family: Family, is_alone: bool) -> Table:
    chains = tuple((line.chain.text, line.policy.text) for line in table.chains)
    return Table(family, table.name.text, chains, table.is_whole and is_alone)


def is_command(words: Sequence[str]) -> bool:
    """Whether words are a command rather than the name of a file."""
    return len(words) != 1 or " " in words[0].strip()
