"""The ways that one packet may go: each with what is assumed of it, and its share where chance decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import NamedTuple

from .condition import Plain, excludes, fields_of, implies
from .fate import LogLine
from .packet import Packet

#: More ways than these are taken together, and what differs between them is then not known.
MOST_BRANCHES = 16
#: How many assumptions are remembered on a way.
_MOST_ASSUMED = 64
_FIELDS = tuple(field.name for field in fields(Packet))
_MANY = "which of many ways it goes"


class Assumed(NamedTuple):
    """A condition that is taken to hold, or not to, and what one would have to know to say."""

    condition: Plain
    holds: bool
    lacks: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One way that a packet may go: as it is at this point, what is assumed of it, and the lines that were logged.

    `chance` is the share of the packets that go this way, if what is assumed holds. `lost` is what one would have to
    know besides, where the assumptions themselves are no longer remembered.
    """

    packet: Packet
    assumed: tuple[Assumed, ...] = ()
    chance: Fraction = Fraction(1)
    logs: tuple[LogLine, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """What one would have to know to say whether it goes this way; empty if it is certain, or up to chance."""
        return _unique((*(each.lacks for each in self.assumed), *self.lost))

    def changed(self, packet: Packet) -> Branch:
        """The way with a packet that something has changed; what was assumed of that is no longer so."""
        if packet == self.packet:
            return self
        if not self.assumed:
            return replace(self, packet=packet)
        changed = {name for name in _FIELDS if getattr(packet, name) != getattr(self.packet, name)}
        stale = [each for each in self.assumed if changed & fields_of(each.condition)]
        kept = tuple(each for each in self.assumed if each not in stale) if stale else self.assumed
        return replace(self, packet=packet, assumed=kept, lost=_unique((*self.lost, *(each.lacks for each in stale))))

    def by_chance(self, share: Fraction) -> Branch:
        """The part of it that chance leaves."""
        return replace(self, chance=self.chance * share)

    def assuming(self, assumed: Assumed, packet: Packet) -> Branch:
        """The way on which something is assumed that one would have to know."""
        every = (*self.assumed, assumed)
        forgotten = (each.lacks for each in every[:-_MOST_ASSUMED])
        return replace(self, packet=packet, assumed=every[-_MOST_ASSUMED:], lost=_unique((*self.lost, *forgotten)))

    def lacking(self, what: str) -> Branch:
        """The way with one more thing that one would have to know."""
        return replace(self, lost=_unique((*self.lost, what)))

    def logging(self, line: LogLine) -> Branch:
        """The way with another line in the log."""
        return replace(self, logs=(*self.logs, line))

    def recall(self, condition: Plain) -> bool | None:
        """What follows for a condition from what is assumed; None if nothing does."""
        for assumed, holds, _ in reversed(self.assumed):
            if assumed == condition:
                return holds
            if holds and implies(assumed, condition):
                return True
            if (holds and excludes(assumed, condition)) or (not holds and implies(condition, assumed)):
                return False
        return None


def merged(branches: Sequence[Branch]) -> list[Branch]:
    """The ways, each of them once: two on which the packet is the same are one."""
    if len(branches) < 2:
        return [*branches]
    found: dict[tuple[Packet, tuple[LogLine, ...]], Branch] = {}
    for branch in branches:
        key = branch.packet, branch.logs
        there = found.get(key)
        found[key] = branch if there is None else _both(there, branch)
    if len(found) <= MOST_BRANCHES:
        return [*found.values()]
    joined: dict[str, Branch] = {}
    for branch in found.values():
        way = branch.packet.way
        joined[way] = _joined(joined[way], branch) if way in joined else branch
    return [*joined.values()]


def _both(one: Branch, other: Branch) -> Branch:
    """Two ways on which the packet is the same. Those that assumptions parted are both the whole of what came."""
    if one.assumed == other.assumed:
        return replace(one, chance=one.chance + other.chance, lost=_unique((*one.lost, *other.lost)))
    common = _common(one, other)
    parted = [each for branch in (one, other) for each in branch.assumed if each not in common]
    lost = (*one.lost, *other.lost)
    if not _is_one_question(parted):
        lost = (*lost, *(each.lacks for each in parted))
    return replace(one, assumed=common, chance=max(one.chance, other.chance), lost=_unique(lost))


def _is_one_question(parted: Sequence[Assumed]) -> bool:
    """Whether two ways differ only in whether one condition holds, so that nobody has to know."""
    return len(parted) == 2 and parted[0].condition == parted[1].condition


def _joined(one: Branch, other: Branch) -> Branch:
    """Two ways taken together: of the packet, only what is the same on both is known."""
    differing: dict[str, object] = {
        name: None for name in _FIELDS if getattr(one.packet, name) != getattr(other.packet, name)
    }
    if "states" in differing:
        differing["states"] = one.packet.states | other.packet.states
    logs = one.logs if one.logs == other.logs else ()
    lost = _unique((*one.unknown, *other.unknown, _MANY))
    return Branch(one.packet.changed(**differing), _common(one, other), one.chance + other.chance, logs, lost)


def _common(one: Branch, other: Branch) -> tuple[Assumed, ...]:
    return tuple(each for each in one.assumed if each in other.assumed)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
