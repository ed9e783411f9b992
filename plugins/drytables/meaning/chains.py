"""The chains that a snippet builds: the rules that result from running its commands in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..grammar.builtin import TABLES
from ..grammar.rule import Rule
from ..grammar.terminating import terminates
from ..ruleset.simulation import Simulation
from ..ruleset.state import Step
from .conditions import plain_condition

_ADDING = frozenset({"append", "insert", "replace"})


@dataclass(frozen=True, slots=True)
class BuiltChain:
    """A chain, the rules that a snippet gives it, and its policy where the snippet sets it.

    `is_own` distinguishes a user-defined chain from a built-in one. What else the chain contains on the reader's
    machine is not known.
    """

    family: str
    table: str
    name: str
    is_own: bool
    rules: tuple[Rule, ...]
    policy: str = ""


def built_chains(steps: Sequence[Step]) -> tuple[BuiltChain, ...]:
    """The chains that contain rules after some commands; empty if the result of the commands is not certain.

    It is not if one is refused, may not run, may run more than once, or sends packets to an unknown place.
    """
    if not all(map(_is_certain, steps)):
        return ()
    story = Simulation()
    for step in steps:
        story.run(step)
    chains = []
    for (_, family, table), content in story.ruleset.tables.items():
        for name, chain in content.chains.items():
            rules = tuple(entry.step.rule for entry in chain.entries if entry.step.rule is not None)
            if rules:
                policy = chain.policy.text if chain.policy is not None else ""
                chains.append(BuiltChain(family, table, name, name not in TABLES[table], rules, policy))
    return tuple(chains)


def _is_certain(step: Step) -> bool:
    command, rule = step.command, step.rule
    if rule is None or step.status == "refused" or (rule.jump is not None and rule.jump.holes):
        return False
    return not (rule.command in _ADDING and (command.is_conditional or command.may_fail))


def ending_chains(chains: Sequence[BuiltChain]) -> frozenset[str]:
    """The names of the chains of one table from which no packet comes back: none reaches the end or returns earlier."""
    ways = {chain.name: [_Way(rule) for rule in chain.rules] for chain in chains}
    ending: set[str] = set()
    is_settled = False
    while not is_settled:
        is_settled = True
        for name in [*ways, *reversed(ways)]:
            if name not in ending and _ends(ways[name], ending):
                ending.add(name)
                is_settled = False
    return frozenset(ending)


class _Way:
    """Where a rule sends packets, whether it sends all that reach it, and whether none of them comes back."""

    def __init__(self, rule: Rule) -> None:
        self.target = rule.jump.text if rule.jump is not None else ""
        self.leaves = rule.goto or self.target == "RETURN"
        self.takes_all = not plain_condition(rule)
        self.terminates = terminates(rule) and self.target != "RETURN"


def _ends(ways: Sequence[_Way], ending: set[str]) -> bool:
    """Whether a rule takes all packets that reach it, and none before it sends some back; `ending` chains are known to
    let none back.
    """
    for way in ways:
        is_taken = way.target in ending or way.terminates
        if way.leaves and not is_taken:
            return False
        if way.takes_all and is_taken:
            return True
    return False
