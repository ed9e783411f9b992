"""How packets travel through the chains of a snippet: a user-defined chain is under the rule that jumps to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..grammar.rule import Rule
from ..grammar.terminating import terminates
from .chains import BuiltChain, ending_chains
from .conditions import typed_condition
from .targets import named, target_text

#: How deep chains are nested. Deeper ones start again below, since a narrow screen would have no room for them.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """One rule on the way.

    It sends the packets that meet its `condition`, given option by option and empty for all packets, to its `target`;
    `ends` says that they do not reach the next rule. `track` is the chain it jumps to, if the snippet builds it; if
    that is shown in a place of its own, `elsewhere` says whether above or below.
    """

    condition: tuple[str, ...]
    target: str
    ends: bool
    track: Track | None = None
    elsewhere: Literal["", "above", "below"] = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A chain as packets go through it.

    `lets_through` says whether any reach its end. There the `policy` of a built-in chain applies, if the snippet sets
    it; from a user-defined chain they return, but after a goto (`-g`) they skip the rest of the chain that `skips`
    names.
    """

    table: str
    chain: str
    is_own: bool
    stops: tuple[Stop, ...]
    lets_through: bool
    policy: str = ""
    skips: str = ""


def tracks(chains: Sequence[BuiltChain]) -> tuple[Track, ...]:
    """The chains of a snippet in which packets begin, each with those below it; only those with any below them."""
    found: list[Track] = []
    for place in dict.fromkeys((chain.family, chain.table) for chain in chains):
        here = {chain.name: chain for chain in chains if (chain.family, chain.table) == place}
        below = {jump for chain in here.values() for jump in _jumps(chain) if jump in here}
        roots = [name for name, chain in here.items() if name not in below and below.intersection(_jumps(chain))]
        if roots:
            found += _Surveyor(here, ending_chains([*here.values()]), roots).tracks()
    return tuple(found)


def _jumps(chain: BuiltChain) -> list[str]:
    """The user-defined chains to which the rules of a chain jump or go."""
    return [rule.jump.text for rule in chain.rules if rule.jump is not None and rule.target is None]


class _Surveyor:
    """Builds the tracks of one table."""

    def __init__(self, chains: dict[str, BuiltChain], ending: frozenset[str], roots: list[str]) -> None:
        self.chains, self.ending = chains, ending
        self.waiting = roots
        self.seen: set[str] = set()

    def tracks(self) -> Iterator[Track]:
        """The tracks of the roots, and of what was nested too deeply in them."""
        while self.waiting:
            yield self._track(self.chains[self.waiting.pop(0)], 1)

    def _track(self, chain: BuiltChain, depth: int, skips: str = "") -> Track:
        self.seen.add(chain.name)
        stops = tuple(self._stop(rule, chain, depth) for rule in chain.rules)
        is_open = chain.name not in self.ending
        return Track(chain.table, chain.name, chain.is_own, stops, is_open, chain.policy, skips)

    def _stop(self, rule: Rule, chain: BuiltChain, depth: int) -> Stop:
        name = rule.jump.text if rule.jump is not None else ""
        below = self.chains.get(name) if rule.target is None else None
        ends = rule.goto or terminates(rule) or (below is not None and name in self.ending)
        condition, target = typed_condition(rule), named(*target_text(rule))
        if below is None:
            return Stop(condition, target, ends)
        if name in self.seen:
            return Stop(condition, target, ends, elsewhere="below" if name in self.waiting else "above")
        if depth == _DEEPEST:
            self.waiting.append(name)
            self.seen.add(name)
            return Stop(condition, target, ends, elsewhere="below")
        return Stop(condition, target, ends, self._track(below, depth + 1, chain.name if rule.goto else ""))
