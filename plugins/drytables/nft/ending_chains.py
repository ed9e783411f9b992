"""The chains from which no packet comes back that is sent there, as far as the rules of one file tell.

A chain ends all of its packets if one of its rules does so for certain: it asks for nothing but what every packet has
met on the way, and no rule before it lets a packet return. What was met on the way is known of a chain that is new: all
rules that jump to it are in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ..grammar.values.base import Family
from .translation import Clause, Statement

#: A chain: its family, table and name.
Key = tuple[Family, str, str]

_ENDING = frozenset({"accept", "drop"})
_LEAVING = ("return", "goto ")
_PORTS = frozenset({"sport", "dport"})
_PROTOCOL = "meta l4proto"


class Rules(NamedTuple):
    """The rules of a chain in their order. `is_complete`: it has no others; `is_new`: the file itself makes it."""

    statements: Sequence[Statement]
    is_complete: bool
    is_new: bool


def ending_chains(chains: Mapping[Key, Rules]) -> frozenset[Key]:
    """The chains of some that end all packets."""
    callers: dict[Key, list[tuple[Key, Statement]]] = {}
    for key, rules in chains.items():
        for statement in rules.statements:
            name = _sent_to(statement)
            if name:
                callers.setdefault((*key[:2], name), []).append((key, statement))
    met = _Met(chains, callers)
    return frozenset(
        key for key, rules in chains.items() if rules.is_complete and _ends(rules.statements, met.by_all(key))
    )


def _ends(statements: Sequence[Statement], met: Set[str]) -> bool:
    """Whether a chain ends all packets that have met some conditions."""
    for statement in statements:
        *_, action = statement.clauses or (Clause(""),)
        if action.words.startswith(_LEAVING):
            return False
        if _is_final(action) and all(_said(each) <= met for each in _conditions(statement)):
            return True
    return False


def _is_final(action: Clause) -> bool:
    return action.use.extension.terminates if action.use is not None else action.words in _ENDING


class _Met:
    """What every packet has met that comes to a chain."""

    def __init__(self, chains: Mapping[Key, Rules], callers: Mapping[Key, Sequence[tuple[Key, Statement]]]) -> None:
        self.chains, self.callers = chains, callers
        self._known: dict[Key, frozenset[str]] = {}

    def by_all(self, key: Key) -> frozenset[str]:
        """The conditions, none of which a rule may change on the way; chains that lead back to themselves have none."""
        known = self._known.get(key)
        if known is None:
            self._known[key] = frozenset()
            rules = self.chains.get(key)
            if rules is not None and rules.is_new and self.callers.get(key):
                ways = [self.by_all(there) | frozenset(_stable(by)) for there, by in self.callers[key]]
                self._known[key] = frozenset.intersection(*ways)
            known = self._known[key]
        return known


def _stable(statement: Statement) -> Iterator[str]:
    """What a rule asks for that its packets still are in the chain where they are sent."""
    for clause in _conditions(statement):
        if clause.use is None or clause.use.extension.looks_at == "packet":
            yield from _said(clause)


def _conditions(statement: Statement) -> list[Clause]:
    return [each for each in statement.clauses[:-1] if each.words and not each.words.startswith("counter")]


def _said(clause: Clause) -> frozenset[str]:
    """What a condition says, each alone: one of a port asks for its protocol too."""
    words = clause.words.replace("ip protocol ", f"{_PROTOCOL} ")
    protocol, _, rest = words.partition(" ")
    if rest.partition(" ")[0] in _PORTS and protocol != "th":
        return frozenset({words, f"{_PROTOCOL} {protocol}"})
    return frozenset({words})


def _sent_to(statement: Statement) -> str:
    """The chain that a rule sends packets to; empty if it sends them to none."""
    way, _, name = (statement.clauses[-1].words if statement.clauses else "").partition(" ")
    return name if way in ("jump", "goto") else ""
