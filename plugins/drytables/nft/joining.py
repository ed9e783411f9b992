"""Fewer rules of a chain that do the same, as a person would write them.

Rules next to each other become one only where no packet could tell the difference:

- Rules that look at different values of one thing, and are the same otherwise, are one with a set of these values, or,
  if they decide otherwise as well, with a verdict map. A packet has one value of that thing, so that it meets one of
  the rules at most, whichever comes first; and since no target changes what they look at, none of the others can match
  after it. `values_in_sets.py` has the things.
- Rules that spread what reaches them: `spreading.py` says when.

A match that remembers something, such as a limit, has a memory in each rule, and a rule without a target is there for
its counter: such rules stay as they are, and so do those that have different comments.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from ..reading.pattern import pattern
from .joined import NO_COUNTER, ONE_COUNTER, Joined, JoinedClause, Source, alone
from .spreading import spread
from .translation import Clause, Statement
from .values_in_sets import Compared, Elements, compared

#: What a map of verdicts can hold.
_VERDICT = pattern(r"(?:accept|drop|return|(?:jump|goto) \S+)\Z")

_PORTS = frozenset({"sport", "dport"})


def joined(statements: Sequence[Statement], ending: Set[str] = frozenset()) -> list[Joined]:
    """The rules of one chain, in their order, as fewer that do the same; no packet comes back from the chains in
    `ending`, of the same table.
    """
    statements = [*map(_without_what_is_said, statements)]
    found: list[Joined] = []
    at = looked_at = 0
    while at < len(statements):
        one = None
        if at >= looked_at:
            one, looked_at = spread(statements, at, ending)
        one = one or _alike(statements, at)
        found.append(one)
        at = one.members.stop
    return found


def _without_what_is_said(statement: Statement) -> Statement:
    """A rule without the protocol where nft takes it from a port that is compared."""
    clauses = statement.clauses
    said = {words[0] for each in clauses if len(words := each.words.split(" ", 2)) > 2 and words[1] in _PORTS}
    kept = tuple(
        each for each in clauses if each.letter != "p" or "!=" in each.words or each.words.split()[-1] not in said
    )
    return statement if len(kept) == len(clauses) else statement._replace(clauses=kept)


def _alike(statements: Sequence[Statement], first: int) -> Joined:
    group = _Group(statements[first])
    end = first + 1
    while end < len(statements) and group.add(statements[end]):
        end += 1
    return group.joined(first)


class _Group:
    """Rules next to each other that can be one; `at` is the place of the clause in which they differ."""

    def __init__(self, first: Statement) -> None:
        self.rules = [first]
        self.at = -1
        self.key = ""
        self.is_map = False
        self.elements = Elements()
        self._is_open = _can_be_joined(first)

    def add(self, rule: Statement) -> bool:
        """Add the next rule; False if it does not belong to the others."""
        first = self.rules[0]
        if not self._is_open or (rule.head, rule.comment) != (first.head, first.comment):
            return False
        if len(rule.clauses) != len(first.clauses) or not _can_be_joined(rule):
            return False
        pairs = zip(first.clauses, rule.clauses, strict=True)
        different = [at for at, (one, other) in enumerate(pairs) if one.words != other.words]
        verdicts_differ = bool(different) and different[-1] == len(rule.clauses) - 1
        if verdicts_differ:
            different.pop()
            if not all(_VERDICT.match(each.clauses[-1].words) for each in (first, rule)):
                return False
        if len(different) != 1 or self.at not in (-1, different[0]) or not self._compare(rule, different[0]):
            return False
        self.rules.append(rule)
        self.is_map |= verdicts_differ
        return True

    def _compare(self, rule: Statement, at: int) -> bool:
        """Add the values of a rule to those of the others, if it looks at other values of the same thing."""
        value = compared(rule.clauses[at].words)
        if self.at < 0:
            own = compared(self.rules[0].clauses[at].words)
            if own is None or _may_change(own, rule.head) or not self.elements.add(own):
                return False
            self.key = own.key
        if value is None or value.key != self.key or not self.elements.add(value):
            return False
        self.at = at
        return True

    def joined(self, first: int) -> Joined:
        """The rules as one; `first` is the place of the first of them in the chain."""
        rule = self.rules[0]
        if len(self.rules) == 1:
            return alone(rule, first)
        clauses = [JoinedClause(clause.words, (Source(clause),)) for clause in rule.clauses]
        if self.is_map:
            verdicts = JoinedClause(self._map(), self._sources(self.at, -1))
            clauses = [each for at, each in enumerate(clauses[:-1]) if at != self.at and not _counts(each)]
            clauses.append(verdicts)
        else:
            clauses[self.at] = JoinedClause(self._set(), self._sources(self.at))
        members = range(first, first + len(self.rules))
        return Joined(rule.head, tuple(clauses), rule.comment, members, NO_COUNTER if self.is_map else ONE_COUNTER)

    def _sources(self, *places: int) -> tuple[Source, ...]:
        return tuple(Source(rule.clauses[at], member) for member, rule in enumerate(self.rules) for at in places)

    def _set(self) -> str:
        if self.key == "ct state":
            return f"{self.key} {','.join(self.elements.texts)}"
        return f"{self.key} {{ {', '.join(self.elements.texts)} }}"

    def _map(self) -> str:
        pairs = []
        for rule in self.rules:
            value = compared(rule.clauses[self.at].words)
            assert value is not None
            pairs += [f"{element} : {rule.clauses[-1].words}" for element in value.elements]
        return f"{self.key} vmap {{ {', '.join(pairs)} }}"


def _can_be_joined(rule: Statement) -> bool:
    """Whether a rule is at one end of a chain, does something, and remembers nothing."""
    if " index " in rule.head or not rule.head.startswith(("add rule ", "insert rule ")):
        return False
    *conditions, last = rule.clauses or (Clause(""),)
    return bool(last.words) and not _counts(last) and all(_remembers_nothing(clause) for clause in conditions)


def _remembers_nothing(clause: Clause) -> bool:
    return clause.use is None or clause.use is clause.use.rule.target or bool(clause.use.extension.looks_at)


def _counts(clause: Clause | JoinedClause) -> bool:
    return clause.words.startswith("counter")


def _may_change(value: Compared, head: str) -> bool:
    """Whether a rule of the chain can change what it looks at: in the raw table, whether a packet is tracked."""
    return value.key == "ct state" and head.split()[3] == "raw"
