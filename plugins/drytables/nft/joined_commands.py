"""The rules that several commands add, one after another, as fewer that do the same."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from ..grammar.rule import Rule
from .ending_chains import Key, Rules, ending_chains
from .joined import Joined, alone
from .joining import joined
from .translation import Statement, Translation

#: What leaves the rules of a chain as they are, and where they are.
_HARMLESS = frozenset({"new-chain", "policy"})
#: What makes chains, and fills them.
_MAKING = _HARMLESS | {"append", "insert"}


class Together(NamedTuple):
    """A statement, and the rules that it stands for: one for each of its members."""

    joined: Joined
    rules: tuple[Rule, ...]


def join_commands(commands: Sequence[tuple[Rule, Translation]]) -> list[list[Together]]:
    """For each command, the statements that are to be run in its place.

    A rule that stands for several commands is in the place of the last of them, when all that they need is there; the
    others have none. Rules at one end of a chain are next to each other as long as no command changes what was there:
    rules at its other end do not come between them. All that is said holds when the last of the commands has run.
    """
    found: list[list[Together]] = [[] for _ in commands]
    ending = _ending(commands)
    ends: dict[str, list[tuple[int, Statement]]] = {}
    for at, (rule, translation) in enumerate(commands):
        if rule.command in ("append", "insert") and not any(" index " in each.head for each in translation.statements):
            for statement in translation.statements:
                ends.setdefault(statement.head, []).append((at, statement))
            continue
        if rule.command not in _HARMLESS:
            _close(ends, commands, found, ending)
        found[at] += (Together(alone(statement, 0), (rule,)) for statement in translation.statements)
    _close(ends, commands, found, ending)
    return found


def _ending(commands: Sequence[tuple[Rule, Translation]]) -> frozenset[Key]:
    """The chains from which no packet comes back when all commands have run: of those that they make themselves, and
    only add rules to, all is known.
    """
    chains: dict[Key, Rules] = {}
    added: dict[Key, list[Statement]] = {}
    for rule, translation in commands:
        if rule.command not in _MAKING or translation.why_not is not None:
            return frozenset()  # what else is there, or is not there any more, is not followed here
        if rule.chain is None or rule.command == "policy":
            continue
        key = (rule.family, rule.table, rule.chain.text)
        rules = chains.get(key, Rules(added.setdefault(key, []), is_complete=False, is_new=False))
        if rule.command == "new-chain":
            rules = rules._replace(is_complete=not rules.statements, is_new=not rules.statements)
        elif rule.command == "insert":
            rules = rules._replace(is_complete=False)
        added[key] += translation.statements
        chains[key] = rules
    return ending_chains(chains)


def _close(
    ends: dict[str, list[tuple[int, Statement]]],
    commands: Sequence[tuple[Rule, Translation]],
    found: list[list[Together]],
    ending: Set[Key],
) -> None:
    """Join what has been added so far; no packet comes back from the chains in `ending`."""
    for added in ends.values():
        rule, _ = commands[added[0][0]]
        names = {name for family, table, name in ending if (family, table) == (rule.family, rule.table)}
        for one in joined([statement for _, statement in added], names):
            places = [added[member][0] for member in one.members]
            found[places[-1]].append(Together(one, tuple(commands[place][0] for place in places)))
    ends.clear()
