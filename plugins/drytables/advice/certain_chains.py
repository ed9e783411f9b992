"""The chains of whose rules the order is known, whatever else the reader's machine has in them."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar.builtin import TABLES
from ..ruleset.simulation import Event
from ..ruleset.state import Step

#: A chain: its family, table and name.
Place = tuple[str, str, str]

_EMPTYING = frozenset({"flush", "new-chain"})


def certain_chains(events: Sequence[Event]) -> frozenset[Place]:
    """The chains to which some events add rules.

    A chain is none of them if an event puts a rule at a number, or takes away the one at a number, and nothing before
    that has emptied the chain: the rule may be before or after others then.
    """
    emptied: set[Place] = set()
    named: set[Place] = set()
    uncertain: set[Place] = set()
    for event in events:
        if not isinstance(event, Step):
            saved, steps = event
            families = {step.command.family for step in steps}
            there = {(family, saved.name.text, line.chain.text) for family in families for line in saved.chains}
            emptied |= there
            named |= there | {place for step in steps for place in _place(step)}
            continue
        rule = event.rule
        if rule is None or rule.table not in TABLES:
            continue
        if rule.command in _EMPTYING and not event.command.is_conditional:
            emptied |= {*_place(event)} or {(rule.family, rule.table, name) for name in TABLES[rule.table]}
        for place in _place(event):
            named.add(place)
            if rule.number not in (None, 1) or (rule.number == 1 and rule.command != "insert"):
                uncertain |= {place} - emptied
    return frozenset(named - uncertain)


def _place(step: Step) -> list[Place]:
    rule = step.rule
    return [(rule.family, rule.table, rule.chain.text)] if rule is not None and rule.chain is not None else []
