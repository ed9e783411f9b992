"""A packet as it reaches a match that remembers packets, and what the match may answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeVar

from ...grammar.rule import Unknown
from ..condition import Counted, Question
from ..packet import Packet
from ..ruleset import PlacedRule

#: Whether a packet passes, the share of those that do, or what would have to be known.
Answer = bool | Fraction | Question
#: A match in a rule: each rule has a memory of its own, also of several that one command adds.
Key = tuple[PlacedRule, int]

#: What one would have to know.
HOW_MANY_BEFORE = "how many packets came before it"
WHICH_BEFORE = "which packets came before it"
WHEN = "when it comes"

Fact = TypeVar("Fact", bound=Hashable)


class Arrival(NamedTuple):
    """The ways on which a packet reaches a match, as it is on each.

    `share` is the share of the packets that do reach it, and None if that is not known; `time` is when, in seconds from
    any moment on, and None if that is not known. `hook` is where it is asked.
    """

    ways: tuple[Packet, ...]
    share: Fraction | None = Fraction(1)
    time: Fraction | None = None
    hook: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the packet is sure to reach the match."""
        return self.share == 1

    def fact(self, of: Callable[[Packet], Fact | None]) -> Fact | None:
        """A fact of the packet that is the same on all ways; None if it is not known."""
        facts = {of(packet) for packet in self.ways}
        return facts.pop() if len(facts) == 1 else None


class MatchMemory(Protocol):
    """What one match remembers, in all rules that use it."""

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether a packet that reaches the match passes it; the match remembers the packet."""


def hole(counted: Counted, unknown: Unknown) -> Question:
    """What would have to be known if a value is a hole."""
    return Question(counted.text, f"the value of `--{unknown}`")
