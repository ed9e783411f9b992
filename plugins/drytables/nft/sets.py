"""The sets that rules need: those that a rule makes for itself get names of their own."""

from __future__ import annotations

from ..grammar.nft import readable_name
from .translation import Clause, Condition


def numbered(found: list[Condition], table: str, first: int = 0) -> tuple[list[str], list[Condition]]:
    """The statements that make the sets of some rules, and the rules with the names of their own sets filled in.

    `table` is `ip filter`; sets are numbered from `first` on.
    """
    made: dict[str, None] = {}
    rules = []
    number = first
    for each in found:
        clauses = list(each.clauses)
        for own in each.sets:
            name = own.name
            if own.numbered:
                name = f"{own.name}{number}"
                number += 1
                clauses = [_named(clause, own.name, name) for clause in clauses]
            braces = f" {{ {own.definition} }}" if own.definition else ""
            made[f"add {own.kind} {table} {readable_name(name)}{braces}"] = None
        rules.append(each._replace(clauses=tuple(clauses)))
    return list(made), rules


def _named(clause: Clause, own: str, name: str) -> Clause:
    return clause._replace(words=clause.words.replace(f"{{{own}}}", name))
