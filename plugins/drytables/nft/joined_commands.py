"""The rules that several commands add, one after another, as fewer that do the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..grammar.rule import Rule
from .joined import Joined, alone
from .joining import joined
from .translation import Statement, Translation

#: What leaves the rules of a chain as they are, and where they are.
_HARMLESS = frozenset({"new-chain", "policy"})


class Together(NamedTuple):
    """A statement, and the rules that it stands for: one for each of its members."""

    joined: Joined
    rules: tuple[Rule, ...]


def join_commands(commands: Sequence[tuple[Rule, Translation]]) -> list[list[Together]]:
    """For each command, the statements that are to be run in its place.

    A rule that stands for several commands is in the place of the last of them, when all that they need is there; the
    others have none. Rules at one end of a chain are next to each other as long as no command changes what was there:
    rules at its other end do not come between them.
    """
    found: list[list[Together]] = [[] for _ in commands]
    ends: dict[str, list[tuple[int, Statement]]] = {}
    for at, (rule, translation) in enumerate(commands):
        if rule.command in ("append", "insert") and not any(" index " in each.head for each in translation.statements):
            for statement in translation.statements:
                ends.setdefault(statement.head, []).append((at, statement))
            continue
        if rule.command not in _HARMLESS:
            _close(ends, commands, found)
        found[at] += (Together(alone(statement, 0), (rule,)) for statement in translation.statements)
    _close(ends, commands, found)
    return found


def _close(
    ends: dict[str, list[tuple[int, Statement]]],
    commands: Sequence[tuple[Rule, Translation]],
    found: list[list[Together]],
) -> None:
    """Join what has been added so far."""
    for added in ends.values():
        for one in joined([statement for _, statement in added]):
            places = [added[member][0] for member in one.members]
            found[places[-1]].append(Together(one, tuple(commands[place][0] for place in places)))
    ends.clear()
