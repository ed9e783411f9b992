"""All advice about the commands of a piece of code, or of several that go on with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..model.build import rulesets_of
from ..ruleset.other_programs import effect_of
from ..ruleset.simulation import Event
from ..ruleset.state import Step
from .certain_chains import certain_chains
from .chains import about_chains
from .lockout import about_lockout
from .older_forms import about_older_forms
from .source_nat import about_source_nat


def advise(source: Source, events: Sequence[Event], *, is_added: bool) -> Iterator[Diagnostic]:
    """What to say of some events in a text, which happen one after another: a note each, in no order.

    `is_added`: saved tables are added to those that there are.
    """
    steps = [step for event in events for step in ([event] if isinstance(event, Step) else event[1])]
    yield from about_older_forms(steps)
    if any(step.rule is None and effect_of(step.command).kind == "anything" for step in steps):
        return  # another program may have changed the rules meanwhile
    rulesets = rulesets_of(events, is_added=is_added)
    certain = certain_chains(events)
    for ruleset in rulesets.values():
        for (family, table), chains in ruleset.tables.items():
            for name, chain in chains.items():
                if (family, table, name) in certain:
                    yield from about_chains(source, chain)
                if (table, name) == ("nat", "POSTROUTING"):
                    yield from about_source_nat(chain)
    if len(rulesets) == 1:
        yield from about_lockout(source, events, next(iter(rulesets.values())))
