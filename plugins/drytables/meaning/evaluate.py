"""What rules with matches that count, or leave it to chance, do to the packets that come to them: which rule takes how
many, and in what order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from ..grammar.gates import PROBABILITY_STEPS, Chance, Gate, Nth

#: Longer patterns are not followed packet by packet: nobody reads them, and they grow with the product of the counters.
LONGEST_PERIOD = 1000


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule as far as it matters here: the gates that a packet must pass, in their order, and whether it
    `ends` there or goes on to the next rule.
    """

    gates: tuple[Gate, ...] = ()
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the packets that come to some rules.

    `shares` are those of all these packets that each rule matches, and `rest` of those that come out behind the last
    rule, in the long run; they are exact. `sequence` holds for each packet of one period, from the first packet on, the
    numbers of the rules that match it, counted from 0: after the last one, all begins anew. It is empty where chance
    has a hand in it, and where the period is longer than LONGEST_PERIOD packets.
    """

    shares: tuple[Fraction, ...]
    rest: Fraction
    sequence: tuple[tuple[int, ...], ...]

    @property
    def period(self) -> int:
        """After how many packets all begins anew; 0 where that is not known."""
        return len(self.sequence)


def rate(gate: Gate) -> Fraction:
    """The share of the packets that a gate lets through, in the long run."""
    share = Fraction(1, gate.every) if isinstance(gate, Nth) else Fraction(gate.steps, PROBABILITY_STEPS)
    return 1 - share if gate.negated else share


def evaluate(rules: Sequence[Branch]) -> Outcome:
    """What becomes of the packets that come to some rules of one chain.

    A counter takes its share of whatever packets come to it and chance does not look at them, so that the shares are
    products of the rates; they do not depend on the order in which the other rules take theirs.
    """
    shares, arriving = [], Fraction(1)
    for rule in rules:
        share = arriving
        for gate in rule.gates:
            share *= rate(gate)
        shares.append(share)
        if rule.ends:
            arriving -= share
    return Outcome(tuple(shares), arriving, _sequence(rules))


def _sequence(rules: Sequence[Branch]) -> tuple[tuple[int, ...], ...]:
    """Follow packets until every counter stands as at the start.

    Each state of the counters has just one before it, so that the first that comes again is the first of all.
    """
    if any(isinstance(gate, Chance) for rule in rules for gate in rule.gates):
        return ()
    counters = [[0] * len(rule.gates) for rule in rules]
    sequence = []
    for _ in range(LONGEST_PERIOD):
        sequence.append(_follow(rules, counters))
        if not any(map(any, counters)):
            return tuple(sequence)
    return ()


def _follow(rules: Sequence[Branch], counters: list[list[int]]) -> tuple[int, ...]:
    """The numbers of the rules that match the next packet; the counters advance."""
    matching = []
    for number, rule, here in zip(count(), rules, counters, strict=False):
        if _passes(rule, here):
            matching.append(number)
            if rule.ends:
                break
    return tuple(matching)


def _passes(rule: Branch, counters: list[int]) -> bool:
    for at, gate in enumerate(rule.gates):
        assert isinstance(gate, Nth)
        counter = counters[at]
        counters[at] = (counter + 1) % gate.every
        if not gate.matches(counter):
            return False
    return True
