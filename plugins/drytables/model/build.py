"""The ruleset that commands and saved tables result in, on a machine that had no rules before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from ..diagnostics.source import Span
from ..grammar.builtin import TABLES
from ..reading.saved import SavedChain
from ..ruleset.changes import consequences
from ..ruleset.other_programs import effect_of
from ..ruleset.simulation import Event, lines_of
from ..ruleset.state import Chain as BuiltChain
from ..ruleset.state import Entry, Step, Table, place_of
from .ruleset import AddressSet, Chain, PlacedRule, Ruleset
from .sets import SetsMade
from .targets.unseen import set_changed_by

_ADDING = frozenset({"append", "insert", "replace"})
#: The program that makes sets.
_OF_SETS = "ipset"
_NOT_SHOWN = "the rules of `{}`, which nothing here creates"


def rulesets_of(events: Iterable[Event], *, is_added: bool = False) -> dict[str, Ruleset]:
    """The rulesets that events result in, by the machine that they happen on: empty for the only one, otherwise as a
    prompt or `ip netns exec` names it.

    Commands that iptables refuses do nothing. `is_added`: saved tables are added to those that there are.
    """
    builders: dict[str, _Builder] = {}
    at = ""
    for event in events:
        steps = [event] if isinstance(event, Step) else event[1]
        at = next((place_of(step)[0].strip() for step in steps), at)
        builder = builders.setdefault(at, _Builder(is_added))
        if isinstance(event, Step):
            builder.run(event)
        else:
            builder.load(event)
    return {name: builder.ruleset() for name, builder in builders.items() if builder.tables or len(builders) == 1}


def with_sets(ruleset: Ruleset, sets: Mapping[str, AddressSet]) -> Ruleset:
    """A ruleset with the sets that are known, except for those that its rules change."""
    targets = (placed.rule.target for placed in ruleset.rules())
    changed = {set_changed_by(target) for target in targets if target is not None} if sets else set[str | None]()
    kept = {} if None in changed else {name: each for name, each in sets.items() if name not in changed}
    return replace(ruleset, sets=kept)


@dataclass(slots=True)
class _Builder:
    """The tables of one machine while its events happen."""

    is_added: bool
    tables: dict[tuple[str, str], Table] = field(default_factory=dict)
    doubts: list[tuple[Span, str]] = field(default_factory=list)
    doubtful: dict[int, str] = field(default_factory=dict)
    sets: SetsMade = field(default_factory=SetsMade)

    def table(self, family: str, name: str) -> Table:
        """A table, whose chains have no rules at first."""
        return self.tables.setdefault((family, name), Table(is_flushed=True))

    def run(self, step: Step) -> None:
        """Run a command."""
        rule, span = step.rule, step.command.span
        if rule is None:
            if step.command.words[0].text.rpartition("/")[2] == _OF_SETS:
                self.sets.run(step.command)
            elif effect_of(step.command).kind == "anything":
                self.doubts.append((span, f"what `{step.command.words[0].text}` does to the rules is not known"))
            return
        if step.status == "refused":
            self.doubts.append((span, "iptables refuses this command, so it does nothing"))
            return
        if rule.table not in TABLES or (rule.chain is not None and rule.chain.holes):
            self.doubts.append((span, "which table and chain this changes is not known"))
            return
        if step.command.is_conditional:
            if rule.command not in _ADDING:
                self.doubts.append((span, "whether this command runs is not known; it is taken to"))
            else:
                self.doubtful[id(step)] = "whether the command runs that adds it"
        self._consequences(step, self.table(rule.family, rule.table))

    def load(self, event: Event) -> None:
        """Load a saved table, in place of what was there, unless it is added to that."""
        assert not isinstance(event, Step)
        saved, steps = event
        families = {step.command.family for step in steps} or {"ipv4"}
        for family in sorted(families):
            table = self.table(family, saved.name.text)
            if not self.is_added:
                table = self.tables[family, saved.name.text] = Table(is_flushed=True, is_saved=True)
            if not saved.is_whole:
                self.doubts.append((saved.span, "only a part of this table is shown"))
            for line in lines_of(saved, steps):
                if isinstance(line, SavedChain):
                    table.declare(line, is_complete=True)
                elif line.status == "refused":
                    self.doubts.append((line.command.span, "iptables-restore refuses this line, and so the whole text"))
                else:
                    self._consequences(line, table)

    @staticmethod
    def _consequences(step: Step, table: Table) -> None:
        for _ in consequences(step, table):
            pass  # the check of the page reports what is wrong with it

    def ruleset(self) -> Ruleset:
        """What the events result in."""
        tables = {
            place: {
                name: self._chain(place[1], name, chain)
                for name, chain in table.chains.items()
                # Of a chain that is only jumped to, nothing is known.
                if chain.entries or chain.made is not None or name in TABLES[place[1]]
            }
            for place, table in self.tables.items()
            if place[1] in TABLES
        }
        return with_sets(Ruleset(tables, tuple(self.doubts)), self.sets.known())

    def _chain(self, table: str, name: str, chain: BuiltChain) -> Chain:
        is_own = name not in TABLES[table]
        doubt = _NOT_SHOWN.format(name) if is_own and chain.made is None else ""
        if not doubt and not chain.is_complete:
            doubt = f"all rules of `{name}`"
        policy = "" if is_own else chain.policy.text if chain.policy is not None else "ACCEPT"
        span = chain.policy.span if chain.policy is not None else None
        return Chain(name, tuple(self._placed(chain.entries)), policy, span, doubt)

    def _placed(self, entries: Sequence[Entry]) -> Iterator[PlacedRule]:
        for entry in entries:
            rule = entry.step.rule
            if rule is None:
                continue
            pairs = [*product(rule.sources or (None,), rule.destinations or (None,))]
            lines = entry.step.text.split("\n") if entry.step.text is not None else []
            if entry.text is not None and len(lines) == len(pairs):
                pairs = [pairs[lines.index(entry.text)]]
            doubt = self.doubtful.get(id(entry.step), "")
            for source, destination in pairs:
                yield PlacedRule(rule, entry.span, source, destination, doubt)
