"""statistic: the counters of `nth`, and the shares of chance."""

from __future__ import annotations

from fractions import Fraction

from ...grammar.gates import Gate, Nth
from ...grammar.rule import Unknown
from ...meaning.evaluate import rate
from ..condition import Counted, Question
from .arrival import HOW_MANY_BEFORE, Answer, Arrival, Key, hole


def share_of(counted: Counted) -> Answer:
    """The share of the packets that pass, whichever came before."""
    try:
        return _certain(rate(_gate(counted)))
    except Unknown as unknown:
        return hole(counted, unknown)


def _gate(counted: Counted) -> Gate:
    gate = counted.use.extension.gate
    assert gate is not None
    found: Gate = gate(counted.use)
    return found


def _certain(share: Fraction) -> bool | Fraction:
    return bool(share) if share in (0, 1) else share


class Counters:
    """A counter that only some of the packets reach, as chance has it, is not followed any further: from then on it
    gives the share.
    """

    def __init__(self) -> None:
        """Begin with counters that have seen no packet."""
        self.counters: dict[Key, int | None] = {}

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether this packet passes, or by which share."""
        try:
            gate = _gate(counted)
        except Unknown as unknown:
            return hole(counted, unknown)
        if not isinstance(gate, Nth):
            return _certain(rate(gate))
        counter = self.counters.get(key, 0)
        self.counters[key] = gate.after(counter) if counter is not None and arrival.is_certain else None
        if counter is not None:
            return gate.matches(counter)
        return _certain(rate(gate)) if arrival.share is not None else Question(counted.text, HOW_MANY_BEFORE)
