"""What rules with counting or random matches do to the packets that reach them: which takes how many, in what order."""

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
    """A rule as far as it matters here: the gates that a packet must pass, in their order, and whether the packet
    `ends` there or goes on to the next rule.
    """

    gates: tuple[Gate, ...] = ()
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to the packets that reach some rules.

    `shares` are the shares of these packets that each rule matches, and `rest` is that of the packets that pass the
    last rule, in the long run; they are exact. `sequence` contains, for each packet of one period from the first packet
    on, the numbers of the rules that match it, counted from 0; after the last packet it repeats. It is empty if chance
    is involved, or if the period is longer than LONGEST_PERIOD packets.
    """

    shares: tuple[Fraction, ...]
    rest: Fraction
    sequence: tuple[tuple[int, ...], ...]

    @property
    def period(self) -> int:
        """After how many packets the pattern repeats; 0 if that is not known."""
        return len(self.sequence)


def rate(gate: Gate) -> Fraction:
    """The share of the packets that a gate lets through, in the long run."""
    share = Fraction(1, gate.every) if isinstance(gate, Nth) else Fraction(gate.steps, PROBABILITY_STEPS)
    return 1 - share if gate.negated else share


def evaluate(rules: Sequence[Branch]) -> Outcome:
    """What happens to the packets that reach some rules of one chain.

    A counter takes its share of whatever packets reach it, and chance ignores what they are, so the shares are products
    of the rates; they do not depend on the order in which other rules take theirs.
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
    """Follow packets until every counter is back in its initial state.

    Each state of the counters has exactly one predecessor, so the first state to recur is the initial one.
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
        counters[at] = gate.after(counter)
        if not gate.matches(counter):
            return False
    return True
