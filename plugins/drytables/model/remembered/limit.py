"""limit: a bucket of tokens for each rule. It begins full, and fills at the rate, up to the burst.

iptables-extensions(8), limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...grammar.extensions.matches.limit import bucket_of
from ...grammar.rule import Unknown
from ...grammar.values.rates import STEPS
from ..condition import Counted, Question
from .arrival import HOW_MANY_BEFORE, WHEN, Answer, Arrival, Key, hole


@dataclass(slots=True)
class _Bucket:
    """A bucket of tokens: `level` is how many are in it, as of `since`; each packet that passes takes one."""

    level: Fraction
    since: Fraction


class Buckets:
    """A bucket that only some of the packets reach gives no answer any more."""

    def __init__(self) -> None:
        """Begin with full buckets."""
        self.buckets: dict[Key, _Bucket | None] = {}

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether there is a token left."""
        time = arrival.time
        try:
            interval, burst = bucket_of(counted.use)
        except Unknown as unknown:
            return hole(counted, unknown)
        bucket = self.buckets.setdefault(key, _Bucket(Fraction(burst), time or Fraction(0)))
        if bucket is None or not arrival.is_certain or time is None:
            self.buckets[key] = None
            return Question(counted.text, WHEN if time is None else HOW_MANY_BEFORE)
        bucket.level = min(bucket.level + (time - bucket.since) * STEPS / interval, Fraction(burst))
        bucket.since = time
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True
