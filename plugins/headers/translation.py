"""What a header says in Pelican's own words, and what of it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span

from .addresses import Place, Query
from .codes import BAD_FIELD
from .header import Field, Text, fault
from .values import divided

#: The fields of a header by their keys; of those with one key, the first.
Given = dict[str, Field]


@dataclass
class Translation:
    """What a header says. `meta` is what Python-Markdown would give Pelican: a list of values for each field.

    `faults` are what cannot be used, `places` where the value of a field of ours is, `unknown` and `missed` the names
    of fields to be reported once for all posts, `aliases` and `queries` the addresses that lead to the post, and
    `precision` is how exactly its dates are known.
    """

    meta: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)
    unknown: list[Text] = field(default_factory=list)
    missed: list[Text] = field(default_factory=list)
    aliases: list[tuple[Place, Span]] = field(default_factory=list)
    queries: list[tuple[Query, Span]] = field(default_factory=list)
    precision: str = "day"

    def refuse(self, code: Code, message: str, span: Span, label: str = "", **more: object) -> None:
        """Add what cannot be used; `more` are further fields of Diagnostic."""
        self.faults.append(fault(code, message, span, label, **more))

    def one(self, each: Field) -> str:
        """The only text of a field; empty, with a fault, if it has several or none."""
        texts = each.texts()
        if len(texts) == 1:
            return texts[0].words
        self.refuse(BAD_FIELD, f"`{each.name.words}` has several values", each.span, help="leave one of them")
        return ""

    def add(self, ours: str, more: str | list[str]) -> None:
        """Add to a list of Pelican's. As a list, it keeps the commas in its items."""
        before = self.meta.get(ours, [[]])[0]
        if not before:
            self.meta[ours] = [more]
            return
        lists = [divided(each) if isinstance(each, str) else each for each in (before, more)]
        self.meta[ours] = [[*dict.fromkeys((*lists[0], *lists[1]))]]
