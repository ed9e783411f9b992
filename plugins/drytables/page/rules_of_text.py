"""The rules that a text results in: a page, followed as it is to be typed, a script, or a saved ruleset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics.source import Source
from ..grammar.history.releases import Release
from ..model.build import rulesets_of
from ..model.ruleset import Ruleset
from ..reading.markup import Markup
from .check import is_added
from .events_of_text import EventsOfText, events_of_code, events_of_page


@dataclass(frozen=True, slots=True)
class RulesOfText:
    """The rulesets that a text results in, by machine, and the text itself, in which the rules have their places: a
    page's with the corrections that it shows. `fences` is how many pieces of code with commands it has.
    """

    source: Source
    rulesets: Mapping[str, Ruleset]
    fences: int


def rules_of_page(
    source: Source, markup: Markup, newest: Release | None = None, numbers: Sequence[int] = ()
) -> RulesOfText:
    """What the commands of a page result in, as corrected and one after another on an empty machine.

    `numbers` are those of the pieces of code with commands that are run, from 1; without any, all of them.
    """
    return _rules(events_of_page(source, markup, newest, numbers))


def rules_of_code(source: Source, newest: Release | None = None) -> RulesOfText:
    """What a text results in that is all code: a shell script, or what iptables-save prints."""
    return _rules(events_of_code(source, newest))


def _rules(found: EventsOfText) -> RulesOfText:
    rulesets = rulesets_of(found.events, is_added=is_added(found.source.text))
    return RulesOfText(found.source, rulesets, found.fences)
