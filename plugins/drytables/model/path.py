"""What a packet meets on its way through the rules, and where it ends: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from .branch import Branch
from .condition import Question
from .fate import Fate, Verdict
from .hooks import Stop
from .packet import Packet
from .ruleset import PlacedRule
from .targets.effect import Effect


class Turn(NamedTuple):
    """What a rule does to the packet on one of the ways that it may have come: the packet before, and the effect."""

    before: Packet
    effect: Effect


@dataclass(frozen=True, slots=True)
class Meeting:
    """A packet at one rule of a chain, or at the policy of one, where `placed` is None.

    `depth` is how many chains were jumped to on the way. `comes` is the share of all packets that come here, as far as
    chance decides, and `share` that of those which meet it, where chance decides here. `asked` is what one would have
    to know, where it is not known whether this packet meets it; `given` is the same of whether it comes to the hook at
    all. `jumps` is the chain that the packet is sent to.
    """

    at: Stop
    chain: str
    depth: int
    placed: PlacedRule | None
    meets: Literal["yes", "no", "perhaps"]
    share: Fraction | None = None
    asked: tuple[Question, ...] = ()
    turns: tuple[Turn, ...] = ()
    jumps: str = ""
    given: tuple[Question, ...] = ()
    comes: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Ending:
    """One way to its end: the verdict, where it falls, and what is assumed on the way.

    `placed` is the rule that decides; None for the policy of the chain, or if nothing on the way decides otherwise.
    """

    verdict: Verdict
    branch: Branch
    at: Stop | None = None
    chain: str = ""
    placed: PlacedRule | None = None
    answer: str = ""

    @property
    def fate(self) -> Fate:
        """What becomes of the packet."""
        return Fate(self.verdict, self.branch.packet, self.branch.logs, self.answer)


@dataclass(frozen=True, slots=True)
class Path:
    """All that a packet meets, in order, and its endings: just one if everything is known."""

    packet: Packet
    meetings: tuple[Meeting, ...]
    endings: tuple[Ending, ...]

    @property
    def is_certain(self) -> bool:
        """Whether nothing is up to chance, and nothing one would have to know."""
        return len(self.endings) == 1 and not self.endings[0].branch.unknown
