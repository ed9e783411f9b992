"""The rules of one machine as a packet meets them: tables of chains of rules, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..diagnostics.source import Span
from ..grammar.builtin import TABLES
from ..grammar.rule import Hole, Rule
from ..grammar.values.addresses import Network
from ..grammar.values.base import Family
from .values import Ranges


@dataclass(frozen=True, slots=True, eq=False)
class PlacedRule:
    """One rule of a chain. A command with several addresses adds several rules, each with one `source` and one
    `destination`; None stands for any.

    `span` is the command that adds it, in the text that the ruleset is from. `doubt` is why it may not be there,
    empty if it is.
    """

    rule: Rule
    span: Span
    source: Network | Hole | None = None
    destination: Network | Hole | None = None
    doubt: str = ""

    @property
    def text(self) -> str:
        """The rule as it was typed, from its first condition or target on."""
        return " ".join(word.text for word in self.rule.words)

    @property
    def goal(self) -> str:
        """The target or the chain that it names; empty if it names none."""
        return self.rule.jump.text if self.rule.jump is not None else ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain with its rules. `policy` is that of a built-in chain (ACCEPT unless something sets it), and empty for a
    user-defined one. `doubt` says why its rules may be others; empty if these are all.
    """

    name: str
    rules: tuple[PlacedRule, ...] = ()
    policy: str = ""
    policy_span: Span | None = None
    doubt: str = ""


class AddressSet(NamedTuple):
    """A set of addresses, of which all is known."""

    family: Family
    addresses: Ranges


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All rules of one machine, by family and table and chain. What is not in it has no rules and the policy ACCEPT.

    `doubts` are the reasons why it may be incomplete, each with its place in the text. `sets` are those of which all is
    known that is in them, by name; no rule changes any.
    """

    tables: Mapping[tuple[Family, str], Mapping[str, Chain]] = field(default_factory=dict)
    doubts: tuple[tuple[Span, str], ...] = ()
    sets: Mapping[str, AddressSet] = field(default_factory=dict)

    def chain(self, family: Family, table: str, name: str) -> Chain | None:
        """A chain; None for a user-defined one that does not exist."""
        found = self.tables.get((family, table), {}).get(name)
        if found is None and name in TABLES.get(table, ()):
            return Chain(name, policy="ACCEPT")
        return found

    def rules(self) -> Iterable[PlacedRule]:
        """Every rule."""
        for chains in self.tables.values():
            for chain in chains.values():
                yield from chain.rules
