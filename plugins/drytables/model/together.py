"""The rules of a chain so far, put together where they differ in one value only, so that several cover a later rule.

`--dport 1:100` and `--dport 101:65535` take all that `--dport 22` could match, and so do both halves of a network. What
is put together asks for the same besides, and what the later rule asks for has all of that in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ..grammar.values.base import Family
from .condition import AnyOf, Condition, Counted, Look, Unknowable, fields_of
from .cover import CHANGEABLE
from .matches.reader import last_of
from .packet import STATES
from .ruleset import PlacedRule
from .values import Ranges, Words

#: Fields that every packet has, so that a rule which does not ask for one takes all of its values.
_EVERY_PACKET_HAS = frozenset({"source", "destination", "protocol", "ttl", "tos", "mark", "state"})
#: More rules than these are not put together for one later rule, nor more pieces of values kept of one kind.
_MOST_RULES, _MOST_PIECES = 16, 4096
#: A later rule that asks for more than this is not looked at.
_MOST_CONDITIONS = 6

_Range = tuple[int, int]


class _Numbered(NamedTuple):
    """A condition as a number, which is compared at once, and whether a target may change what it looks at."""

    number: int
    is_changeable: bool


class _Kind(NamedTuple):
    """What rules have in common that are put together: the field in which they differ, the numbers of what else they
    ask for, and how many rules before them may change what they ask for.
    """

    field: str
    others: frozenset[int]
    changes: int


class _Piece(NamedTuple):
    """Values that a rule takes, and no rule of its kind before it."""

    low: int
    high: int
    placed: PlacedRule


class RulesTogether:
    """Rules after which a packet that meets them does not come back, in their order."""

    def __init__(self) -> None:
        """Begin with no rule."""
        self._pieces: dict[_Kind, list[_Piece]] = {}
        #: the conditions that rules have had, and the fields in which rules may differ
        self._numbers: dict[Condition, _Numbered] = {}
        self._fields: set[str] = set()

    def add(self, placed: PlacedRule, conditions: Sequence[Condition], changes: int) -> None:
        """Put a rule together with those before it; `changes` is how many rules before it may change packets."""
        plain = [*map(_plain, conditions)]
        if len(plain) > _MOST_CONDITIONS or not all(map(_is_stable, plain)):
            return
        numbered = [*map(self._number, plain)]
        for at, condition in enumerate(plain):
            ranges = _ranges(condition) if isinstance(condition, Look) else None
            if ranges is None or not isinstance(condition, Look):
                continue
            self._fields.add(condition.field)
            kind = _kind(condition.field, (*numbered[:at], *numbered[at + 1 :]), changes)
            pieces = self._pieces.setdefault(kind, [])
            for low, high in ranges:
                if len(pieces) < _MOST_PIECES:
                    _add(pieces, low, high, placed)

    def covering(self, conditions: Sequence[Condition], changes: int, family: Family) -> tuple[PlacedRule, ...]:
        """Rules that together take all packets which meet some conditions, after so many changes; none if there are
        none, or too many to say.
        """
        plain = [*dict.fromkeys(map(_plain, conditions))]
        if len(plain) > _MOST_CONDITIONS or not self._pieces:
            return ()
        numbered = [self._numbers.get(condition) for condition in plain]
        for field, ranges, at in self._wholes(plain, family):
            # What no rule before has asked for is not among what some have in common.
            others = [each for place, each in enumerate(numbered) if each is not None and place != at]
            for count in range(len(others), -1, -1):
                for some in combinations(others, count):
                    pieces = self._pieces.get(_kind(field, some, changes))
                    found = _covering(pieces, ranges) if pieces is not None else ()
                    if found:
                        return found
        return ()

    def _number(self, condition: Condition) -> _Numbered:
        found = self._numbers.get(condition)
        if found is None:
            fields = frozenset() if isinstance(condition, Counted) else fields_of(condition)
            found = self._numbers[condition] = _Numbered(len(self._numbers), bool(fields & CHANGEABLE))
        return found

    def _wholes(self, plain: Sequence[Condition], family: Family) -> Iterator[tuple[str, Sequence[_Range], int]]:
        """The fields that a rule takes values of and rules before it differ in, these, and which condition says so: -1
        where none does, and it takes all values.
        """
        asked = set()
        for at, condition in enumerate(plain):
            ranges = _ranges(condition) if isinstance(condition, Look) else None
            if isinstance(condition, Look):
                asked.add(condition.field)
                if ranges and condition.field in self._fields:
                    yield condition.field, ranges, at
        for field in sorted((_EVERY_PACKET_HAS & self._fields) - asked):
            last = len(STATES) - 1 if field == "state" else last_of(field, family)
            if last is not None:
                yield field, ((0, last),), -1


def _kind(field: str, others: Sequence[_Numbered], changes: int) -> _Kind:
    may_change = field in CHANGEABLE or any(each.is_changeable for each in others)
    return _Kind(field, frozenset([each.number for each in others]), changes if may_change else 0)


def _plain(condition: Condition) -> Condition:
    """A condition without the words in which it was typed; of what is not understood, these are all there is."""
    if isinstance(condition, Look):
        return condition._replace(text="")
    if isinstance(condition, AnyOf):
        return AnyOf(tuple(look._replace(text="") for look in condition.looks), condition.negated)
    return condition


def _is_stable(condition: Condition) -> bool:
    """Whether a packet meets a condition again that it has met in this chain before."""
    return not isinstance(condition, Counted) and (not isinstance(condition, Unknowable) or condition.is_stable)


def _ranges(look: Look) -> Sequence[_Range] | None:
    """The values that a look accepts, as numbers; None if they are none. A state has its place among all states."""
    values = look.values
    if look.field == "state" and isinstance(values, Words):
        return [(number, number) for number, state in enumerate(STATES) if values.has(state) is not look.negated]
    return values.ranges if isinstance(values, Ranges) and not look.negated else None


def _add(pieces: list[_Piece], low: int, high: int, placed: PlacedRule) -> None:
    """Add what no piece has yet of a range."""
    at = bisect_right(pieces, low, key=lambda piece: piece.low)
    if at and pieces[at - 1].high >= low:
        low = pieces[at - 1].high + 1
    while low <= high and len(pieces) < _MOST_PIECES:
        end = min(high, pieces[at].low - 1) if at < len(pieces) else high
        if low <= end:
            pieces.insert(at, _Piece(low, end, placed))
            at += 1
        if at == len(pieces):
            return
        low = pieces[at].high + 1
        at += 1


def _covering(pieces: Sequence[_Piece], ranges: Sequence[_Range]) -> tuple[PlacedRule, ...]:
    """The rules whose pieces make up some ranges; none if they do not, or are too many."""
    found: dict[PlacedRule, None] = {}
    for low, high in ranges:
        at = bisect_right(pieces, low, key=lambda piece: piece.low) - 1
        while low <= high:
            if not 0 <= at < len(pieces) or not pieces[at].low <= low <= pieces[at].high or len(found) > _MOST_RULES:
                return ()
            found[pieces[at].placed] = None
            low = pieces[at].high + 1
            at += 1
    return tuple(found) if len(found) <= _MOST_RULES else ()
