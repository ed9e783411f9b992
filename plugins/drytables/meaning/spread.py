"""Finds the rules of a chain that spread what reaches them, and says what share goes where.

Only what is certain is reported. The rules of a spread all have the same other conditions, on which no counter depends;
otherwise there is a reason instead of a spread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..grammar.gates import Chance, Gate, Nth
from ..grammar.history.releases import extension_spans
from ..grammar.rule import Rule, Unknown
from ..grammar.terminating import terminates
from .conditions import plain_condition, typed_condition
from .evaluate import Branch, Outcome, evaluate
from .targets import short_name


@dataclass(frozen=True, slots=True)
class Share:
    """What one rule of a spread takes: a short name of where it sends that, and its share of all that reaches the
    spread.
    """

    label: str
    share: Fraction
    ends: bool
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Some rules of a chain, and what happens to all that reaches them.

    `condition` is what all that is spread must meet, as it was typed; empty for everything that comes.
    `may_return` are the chains from which packets may come back, as far as is known; it is assumed that none does.
    """

    table: str
    chain: str
    condition: str
    shares: tuple[Share, ...]
    outcome: Outcome
    may_return: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        """What is spread: the nat table sees only the first packet of each connection."""
        return "connection" if self.table == "nat" else "packet"

    @property
    def is_random(self) -> bool:
        """Whether chance is involved."""
        return any(isinstance(gate, Chance) for share in self.shares for gate in share.gates)


@dataclass(frozen=True, slots=True)
class Untold:
    """Rules that spread what reaches them in a way that is not certain, and why."""

    chain: str
    reason: str


class _Obscure(Exception):
    """It is not certain what a rule does to packets; the reason is a sentence without its full stop."""


def spreads(rules: Sequence[Rule], ending_chains: frozenset[str] = frozenset()) -> tuple[Spread | Untold, ...]:
    """The spreads of one chain, from its rules in their order.

    No packet comes back from `ending_chains`. A rule before a spread that takes some of the packets does no harm: the
    spread is about those that reach it.
    """
    if not any(is_gated(rule) for rule in rules):
        return ()
    try:
        runs = [run for run in _runs(rules) if run.is_spread]
        _refuse_interleaved(runs)
        return tuple(run.spread(ending_chains) for run in runs)
    except _Obscure as obscure:
        chain = rules[0].chain
        return (Untold(chain.text if chain is not None else "", str(obscure)),)


@dataclass(slots=True)
class _Run:
    """Consecutive rules with one condition.

    `is_changed` if one of them has a target that changes packets, `is_closed` if a plain rule took some or all of what
    they left.
    """

    condition: str
    rules: list[Rule] = field(default_factory=list)
    is_changed: bool = False
    is_closed: bool = False

    @property
    def is_spread(self) -> bool:
        return any(is_gated(rule) for rule in self.rules)

    def add(self, rule: Rule) -> None:
        """Add a rule at the end."""
        self.rules.append(rule)
        self.is_changed |= not _ends(rule)

    def spread(self, ending_chains: frozenset[str]) -> Spread:
        """The spread of the rules; raises _Obscure."""
        matches = (use.extension for rule in self.rules for use in rule.matches)
        changeable = [match.name for match in matches if match.looks_at == "changeable"]
        if self.is_changed and changeable:
            looking = f"`-m {min(changeable)}` may look at what it changed"
            raise _Obscure(f"a target changes packets on the way, and {looking}")
        branches = [Branch(_gates(rule), _ends(rule)) for rule in self.rules]
        outcome = evaluate(branches)
        shares = tuple(
            Share(short_name(rule), share, branch.ends, branch.gates)
            for rule, branch, share in zip(self.rules, branches, outcome.shares, strict=True)
        )
        chains = dict.fromkeys(rule.jump.text for rule in self.rules if rule.jump is not None and _may_return(rule))
        chain = self.rules[0].chain
        assert chain is not None
        may_return = tuple(name for name in chains if name not in ending_chains)
        condition = " ".join(typed_condition(_before_the_counters(self.rules[0])))
        return Spread(self.rules[0].table, chain.text, condition, shares, outcome, may_return)


def _runs(rules: Sequence[Rule]) -> Iterator[_Run]:
    """The runs of a chain; raises _Obscure.

    Rules that let every packet through belong to none. A plain rule that takes other packets ends a run; what it takes
    of the packets that are spread is the rest of them.
    """
    run = _Run("")
    for rule in rules:
        if is_gated(rule):
            condition = _condition(rule)
            if condition != run.condition or run.is_closed:
                yield run
                run = _Run(condition)
            run.add(rule)
        elif not _ends(rule):
            run.is_changed |= rule.jump is not None
        else:
            condition = plain_condition(rule)
            if condition in ("", run.condition) and run.rules and not run.is_closed:
                run.add(rule)
            run.is_closed = True
            if not condition and not _may_return(rule):
                break
    yield run


def _refuse_interleaved(runs: Sequence[_Run]) -> None:
    conditions = [run.condition for run in runs]
    if len({*conditions}) < len(conditions):
        raise _Obscure("rules with other conditions are between them and take some of the packets")


def is_gated(rule: Rule) -> bool:
    """Whether a rule lets packets through by counting them or by chance."""
    return any(use.extension.gate for use in rule.matches)


def _gates(rule: Rule) -> tuple[Gate, ...]:
    """The gates of a rule in their order; raises _Obscure."""
    try:
        return tuple(_passable(use.extension.gate(use)) for use in rule.matches if use.extension.gate)
    except Unknown as unknown:
        raise _Obscure(f"the value of `--{unknown}` is not known") from unknown


def _passable(gate: Gate) -> Gate:
    if isinstance(gate, Nth) and gate.is_never_reached:
        raise _Obscure("its counter never reaches the number of `--packet`")
    return gate


def _condition(rule: Rule) -> str:
    """What a rule requires of a packet before its counters see it; raises _Obscure if more is required after them."""
    if max(len(rule.sources or ()), len(rule.destinations or ())) > 1:
        raise _Obscure("a rule with several addresses becomes several rules, each with a counter of its own")
    first = _first_gate(rule)
    gate, following = rule.matches[first].extension.name, rule.matches[first:]
    picky = [use.extension.name for use in following if not use.extension.gate and use.extension.looks_at != "nothing"]
    if picky:
        raise _Obscure(f"`-m {min(picky)}` comes after `-m {gate}`, which also counts packets that it does not match")
    strange = [use.extension.name for use in rule.matches[:first] if not use.extension.looks_at]
    if strange:
        raise _Obscure(f"`-m {min(strange)}` does not always give the same answer for the same packet")
    return plain_condition(_before_the_counters(rule))


def _before_the_counters(rule: Rule) -> Rule:
    """A rule as far as its first gate."""
    return rule.changed(matches=rule.matches[: _first_gate(rule)])


def _first_gate(rule: Rule) -> int:
    """The index of a rule's first gate among its matches."""
    return next(at for at, use in enumerate(rule.matches) if use.extension.gate)


def _may_return(rule: Rule) -> bool:
    """Whether a rule jumps to a user-defined chain; raises _Obscure if it names something unknown."""
    if rule.jump is None or rule.target is not None or rule.goto or terminates(rule):
        return False
    if extension_spans("target", rule.jump.text, rule.family):
        raise _Obscure(f"what the target {rule.jump.text} does to packets is not known here")
    return True


def _ends(rule: Rule) -> bool:
    return rule.jump is not None and (rule.goto or terminates(rule) or _may_return(rule))
