"""The chains that a snippet builds: its commands folded, in their order, into the rules that then stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..grammar.builtin import TABLES
from ..grammar.rule import Rule
from ..grammar.terminating import TERMINATING
from ..judging.ruleset import Step
from ..judging.story import Story
from ..judging.verdict import Verdict
from .conditions import plain_condition

_ADDING = frozenset({"append", "insert", "replace"})


@dataclass(frozen=True, slots=True)
class BuiltChain:
    """A chain, the rules that a snippet gives it, and its policy where the snippet sets it.

    `is_own` tells a chain of the user's own from a built-in one. What else the reader's machine has in the chain is not
    known.
    """

    family: str
    table: str
    name: str
    is_own: bool
    rules: tuple[Rule, ...]
    policy: str = ""


def built_chains(verdicts: Sequence[Verdict]) -> tuple[BuiltChain, ...]:
    """The chains that hold rules after some commands; none where it is not certain what the commands come to.

    That is so where one is refused, or may not run, or may run more than once.
    """
    if not all(_is_certain(verdict) for verdict in verdicts):
        return ()
    story, policies = Story(), dict[tuple[str, str, str], str]()
    for verdict in verdicts:
        story.tell(Step(verdict.command, verdict))
        rule = verdict.rule
        if rule.command == "policy" and rule.chain is not None and rule.argument is not None:
            policies[rule.family, rule.table, rule.chain.text] = rule.argument.text
    found = []
    for (_, family, table), content in story.ruleset.tables.items():
        for name, chain in content.chains.items():
            rules = tuple(entry.step.verdict.rule for entry in chain.entries if entry.step.verdict is not None)
            if rules:
                policy = policies.get((family, table, name), "")
                found.append(BuiltChain(family, table, name, name not in TABLES[table], rules, policy))
    return tuple(found)


def _is_certain(verdict: Verdict) -> bool:
    command = verdict.command
    if verdict.status == "refused" or not command.family:
        return False
    return not (verdict.rule.command in _ADDING and (command.is_conditional or command.may_fail))


def ending_chains(chains: Sequence[BuiltChain]) -> frozenset[str]:
    """The names of the chains of one table from which no packet comes back: a rule there takes all that come so far."""
    ending: set[str] = set()
    while True:
        more = {chain.name for chain in chains if any(_takes_all(rule, ending) for rule in chain.rules)}
        if more <= ending:
            return frozenset(ending)
        ending |= more


def _takes_all(rule: Rule, ending: set[str]) -> bool:
    if rule.jump is None or rule.jump.text == "RETURN" or plain_condition(rule):
        return False
    return rule.jump.text in TERMINATING or rule.jump.text in ending
