"""The rules of a chain so far, filed by what they ask for, so that one that covers a later rule is found at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from .condition import AnyOf, Condition, Counted, Look, Unknowable
from .cover import are_changeable, are_in, looked_at, needed
from .ruleset import PlacedRule
from .values import Named, Ranges, Values, Words

#: A rule that asks for something of which so many rules ask is not filed there. What it covers may then stay unknown.
_MOST_FILED = 64
#: Nor is one whose numbers are in more pieces than these.
_MOST_PIECES = 64


class _Filed(NamedTuple):
    """A rule, its conditions, how many rules before it may change packets, whether that matters to it, and the fields
    that a rule has to look at which it covers.
    """

    placed: PlacedRule
    conditions: Sequence[Condition]
    changes: int
    is_changeable: bool
    needed: frozenset[str]


class EarlierRules:
    """Rules after which a packet that meets them does not come back, in their order.

    Each is filed under one of its conditions: a number under the pieces that its ranges are made of (a piece is all
    numbers that begin with the same bits, as a network is), other values under themselves. A later rule is compared
    only with those that are filed where its own conditions lead to.
    """

    def __init__(self) -> None:
        """Begin with no rule."""
        self._filed: dict[Hashable, list[_Filed]] = {}
        self._levels: dict[str, set[int]] = {}

    def add(self, placed: PlacedRule, conditions: Sequence[Condition], changes: int) -> None:
        """File a rule that asks for something; `changes` is how many rules before it may change packets."""
        if any(isinstance(each, Counted) for each in conditions):
            return
        ways = [[*_filed_under(each)] for each in conditions]
        way = min(ways, key=self._fullest, default=[])
        if not way or self._fullest(way) >= _MOST_FILED:
            return
        filed = _Filed(placed, conditions, changes, are_changeable(conditions), needed(conditions))
        for key in way:
            self._filed.setdefault(key, []).append(filed)
            if isinstance(key, _Piece):
                self._levels.setdefault(key.field, set()).add(key.level)

    def covering(self, conditions: Sequence[Condition], changes: int) -> PlacedRule | None:
        """The first rule found that takes all packets which meet some conditions, after so many changes; or None."""
        fields = looked_at(conditions)
        for condition in conditions:
            for key in self._leading_to(condition):
                for filed in self._filed.get(key, ()):
                    may_differ = filed.is_changeable and changes > filed.changes
                    if filed.needed <= fields and not may_differ and are_in(filed.conditions, conditions):
                        return filed.placed
        return None

    def _fullest(self, keys: list[Hashable]) -> int:
        return max((len(self._filed.get(key, ())) for key in keys), default=_MOST_FILED)

    def _leading_to(self, condition: Condition) -> Iterator[Hashable]:
        """Where rules are filed that ask for no more than a condition."""
        if isinstance(condition, Unknowable):
            yield condition
        elif isinstance(condition, AnyOf):
            yield from dict.fromkeys(look.field for look in condition.looks)
            if condition.looks and not condition.negated:
                yield from self._of_values(condition.looks[0])
        elif isinstance(condition, Look):
            yield condition.field
            if not condition.negated:
                yield from self._of_values(condition)

    def _of_values(self, look: Look) -> Iterator[Hashable]:
        field, values = look.field, look.values
        if isinstance(values, Ranges) and values.ranges:
            low, _ = values.ranges[0]
            for level in self._levels.get(field, ()):
                yield _Piece(field, level, low >> level)
        elif isinstance(values, Named):
            yield field, values
            for length in range(len(values.name) + 1):
                yield field, Named(values.name[:length], is_prefix=True)
        elif isinstance(values, Words) and values.words:
            yield field, min(values.words)


class _Piece(NamedTuple):
    """All numbers of a field that are the same but for their last bits, as many as `level` says."""

    field: str
    level: int
    begins: int


def _filed_under(condition: Condition) -> Iterator[Hashable]:
    """The keys that a rule is filed under for one of its conditions: every value that has it leads to one of them."""
    if isinstance(condition, Unknowable):
        yield condition
    elif isinstance(condition, AnyOf):
        yield from dict.fromkeys(look.field for look in condition.looks)
    elif isinstance(condition, Look):
        keys = None if condition.negated else _of_values(condition.field, condition.values)
        yield from [condition.field] if keys is None else keys


def _of_values(field: str, values: Values) -> list[Hashable] | None:
    if isinstance(values, Ranges):
        pieces = [piece for low, high in values.ranges[:_MOST_PIECES] for piece in _pieces(field, low, high)]
        is_all = len(values.ranges) <= _MOST_PIECES and len(pieces) <= _MOST_PIECES
        return [*pieces] if is_all and pieces else None
    if isinstance(values, Named):
        return [(field, values)]
    if isinstance(values, Words):
        return [(field, word) for word in sorted(values.words)]
    return None


def _pieces(field: str, low: int, high: int) -> Iterator[_Piece]:
    """The fewest pieces that make up a range."""
    while low <= high:
        level = (low & -low).bit_length() - 1 if low else high.bit_length()
        while (low | (1 << level) - 1) > high:
            level -= 1
        yield _Piece(field, level, low >> level)
        low += 1 << level
