"""quota: the bytes that are left in each rule.

A packet that is longer than what is left does not pass, and nothing is left after it (observed on Linux 6.18).
"""

from __future__ import annotations

from ...grammar.rule import Unknown
from ..condition import FIELDS, Counted, Question
from .arrival import WHICH_BEFORE, Answer, Arrival, Key, hole


class Quotas:
    """A quota that only some of the packets reach, or one of an unknown length, gives no answer any more, unless
    nothing is left of it.
    """

    def __init__(self) -> None:
        """Begin with all that the rules allow."""
        self.left: dict[Key, int | None] = {}

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether as much is left as the packet is long."""
        use = counted.use
        try:
            left = self.left.get(key, use.value("quota"))
        except Unknown as unknown:
            return hole(counted, unknown)
        negated = use.negated("quota")
        if left == 0:
            return negated
        length = arrival.fact(lambda packet: packet.length)
        if left is None or length is None or not arrival.is_certain:
            self.left[key] = None
            return Question(counted.text, FIELDS["length"] if length is None else WHICH_BEFORE)
        self.left[key] = left - length if length <= left else 0
        return (length <= left) is not negated
