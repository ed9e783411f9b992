"""What the words of a figure's commands do: its glossary, its notes and its lines of nft all ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from ...grammar.rule import Rule
from ...meaning.explain import Part, explain


class Explained:
    """The parts of some rules with their sentences, each found once."""

    def __init__(self) -> None:
        self._parts: dict[int, tuple[Rule, Sequence[Part]]] = {}

    def of(self, rule: Rule) -> Sequence[Part]:
        """The parts of a rule, in the order of its words."""
        known = self._parts.get(id(rule))
        if known is None:
            known = self._parts[id(rule)] = rule, explain(rule)
        return known[1]
