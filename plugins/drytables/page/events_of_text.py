"""What the commands of a text do, one after another: a page as it is to be typed, a script, a saved ruleset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..diagnostics.source import Source, Span
from ..grammar.history.releases import NEWEST, Release
from ..reading.excerpt import Excerpt
from ..reading.fence import Fence
from ..reading.markup import Markup, read_code
from ..ruleset.simulation import Event
from .check import check
from .commands import created_chains, read_contents, without_lines_of_tables
from .correction import corrected
from .judge import Judge
from .marks import read_marks
from .report import Checked
from .story import events_of, steps_of


@dataclass(frozen=True, slots=True)
class EventsOfText:
    """The events of a text, in order, and the text itself, in which they have their places: a page's with the
    corrections that it shows. `fences` is how many pieces of code with commands it has.
    """

    source: Source
    events: tuple[Event, ...]
    fences: int


def events_of_page(
    source: Source, markup: Markup, newest: Release | None = None, numbers: Sequence[int] = ()
) -> EventsOfText:
    """What the commands of a page do, as corrected.

    `numbers` are those of the pieces of code with commands that are run, from 1; without any, all of them.
    """
    newest = newest or Release(NEWEST)
    mended = corrected(check(source, newest, markup))
    return _events(mended, read_code(mended, markup).fences, Judge(newest), numbers)


def events_of_code(source: Source, newest: Release | None = None) -> EventsOfText:
    """What the commands of a text do that is all code: a shell script, or what iptables-save prints."""
    whole = Span(0, len(source.text))
    fence = Fence("fence", "sh", {}, Span(0, 0), whole, whole, 1, Excerpt.of(source, whole))
    return _events(source, (fence,), Judge(newest or Release(NEWEST)), ())


def _events(source: Source, fences: tuple[Fence, ...], judge: Judge, numbers: Sequence[int]) -> EventsOfText:
    contents = read_contents(source, fences, judge)
    chains = frozenset[str]().union(*map(created_chains, contents))
    judge = replace(judge, known_chains=chains, faultless={})
    events: list[Event] = []
    number = 0
    for fence, held in zip(fences, contents, strict=True):
        if not (held.commands or held.tables):
            continue
        number += 1
        if numbers and number not in numbers:
            continue
        snippet = read_marks(fence)
        verdicts = [judge.verdict(command) for command in held.commands]
        commands = tuple(Checked(each.command, each.status, each) for each in verdicts)
        events += events_of(steps_of(replace(snippet, commands=commands), source), without_lines_of_tables(held))
    return EventsOfText(source, tuple(events), number)
