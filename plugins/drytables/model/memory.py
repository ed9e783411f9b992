"""What matches remember from packet to packet: the counters of `nth`, and the buckets of `limit`.

Of one packet alone nothing is known of those before it: `Forgetful` then gives the share. `Remembering` follows a
sequence of packets from the moment when the rules were loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from ..grammar.extensions.matches.limit import bucket_of
from ..grammar.gates import Nth
from ..grammar.rule import Unknown
from ..grammar.values.rates import STEPS
from ..meaning.evaluate import rate
from .condition import Counted, Question
from .ruleset import PlacedRule

#: Whether a packet passes, the share of those that do, or what would have to be known.
Answer = bool | Fraction | Question
#: A match in a rule: each rule has a memory of its own, also of several that one command adds.
Key = tuple[PlacedRule, int]

_BEFORE = "how many packets came before it"


class Memory(Protocol):
    """Answers for the matches that remember packets."""

    def answer(self, key: Key, counted: Counted, arrives: Fraction | None, time: Fraction | None) -> Answer:
        """Whether a packet that reaches a match passes it.

        `arrives` is the share of the packets that do reach it, and None if that is not known; `time` is when, in
        seconds from any moment on, and None if that is not known. The match remembers the packet.
        """


class Forgetful:
    """Knows nothing of the packets before this one."""

    def answer(self, key: Key, counted: Counted, arrives: Fraction | None, time: Fraction | None) -> Answer:
        """The share of those that pass, or the question how many came before."""
        if counted.use.extension.gate is None:
            return Question(counted.text, _BEFORE)
        try:
            return _certain(rate(counted.use.extension.gate(counted.use)))
        except Unknown as unknown:
            return Question(counted.text, f"the value of `--{unknown}`")


def _certain(share: Fraction) -> bool | Fraction:
    return bool(share) if share in (0, 1) else share


@dataclass(slots=True)
class _Bucket:
    """A bucket of tokens: `level` is how many are in it, as of `since`; each packet that passes takes one."""

    level: Fraction
    since: Fraction


@dataclass(slots=True)
class Remembering:
    """Remembers all packets since the rules were loaded.

    A counter that only some of the packets reach, as chance has it, is not followed any further: from then on it gives
    the share. A bucket that only some reach gives no answer any more.
    """

    counters: dict[Key, int | None] = field(default_factory=dict)
    buckets: dict[Key, _Bucket | None] = field(default_factory=dict)

    def answer(self, key: Key, counted: Counted, arrives: Fraction | None, time: Fraction | None) -> Answer:
        """Whether this packet passes, as far as that can be known."""
        if counted.use.extension.gate is None:
            return self._limit(key, counted, arrives, time)
        try:
            gate = counted.use.extension.gate(counted.use)
        except Unknown as unknown:
            return Question(counted.text, f"the value of `--{unknown}`")
        if not isinstance(gate, Nth):
            return _certain(rate(gate))
        counter = self.counters.get(key, 0)
        self.counters[key] = gate.after(counter) if counter is not None and arrives == 1 else None
        if counter is not None:
            return gate.matches(counter)
        return _certain(rate(gate)) if arrives is not None else Question(counted.text, _BEFORE)

    def _limit(self, key: Key, counted: Counted, arrives: Fraction | None, time: Fraction | None) -> Answer:
        """A bucket begins full. It fills at the rate, up to the burst. iptables-extensions(8), limit."""
        try:
            interval, burst = bucket_of(counted.use)
        except Unknown as unknown:
            return Question(counted.text, f"the value of `--{unknown}`")
        bucket = self.buckets.setdefault(key, _Bucket(Fraction(burst), time or Fraction(0)))
        if bucket is None or arrives != 1 or time is None:
            self.buckets[key] = None
            return Question(counted.text, "when it comes" if time is None else _BEFORE)
        bucket.level = min(bucket.level + (time - bucket.since) * STEPS / interval, Fraction(burst))
        bucket.since = time
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True
