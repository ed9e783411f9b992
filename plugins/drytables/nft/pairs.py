"""Two tables, of IPv4 and of IPv6, as one of the family `inet`, where they are the same line for line.

A packet of either family meets in it the rules that it met in its own table, in the same order, at the same hook and
priority: a table of `inet` stands at the hooks of both. So this is the same only for whole tables: of a table of
which some rules are elsewhere, a verdict would come before those, or not at all. Nothing in the lines may be of one
family: if it were, those of the other would not read the same. A protocol is the one thing that nft names in two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .translation import Statement

_FAMILIES = ("ip", "ip6")
#: What may be in a table that becomes one with another: a set has the addresses of one family.
_KINDS = frozenset({"table", "chain", "rule"})
_VERBS = frozenset({"add", "insert", "flush"})


class Line(NamedTuple):
    """A line of a file for nft, and the statement that it was made from if it adds a rule."""

    text: str
    statement: Statement | None = None


class Pair(NamedTuple):
    """A table of both families: its name, its lines by their places, and the places of those that it replaces."""

    table: str
    lines: dict[int, str]
    gone: tuple[int, ...]

    @property
    def note(self) -> str:
        """What is to be said of it."""
        replaced = f"`ip {self.table}` and `ip6 {self.table}`"
        return f"`inet {self.table}` is in place of {replaced}: delete these if there are any"


def pairs(lines: Sequence[Line]) -> Iterator[Pair]:
    """The tables of both families that are the same, as one each."""
    tables: dict[str, dict[str, dict[int, str]]] = {}
    apart: set[str] = set()
    for at, line in enumerate(lines):
        verb, kind, family, table, *_ = [*line.text.removeprefix("reset ").split(maxsplit=4), "", "", "", ""]
        if verb.startswith("#") or family not in _FAMILIES:
            continue
        if verb not in _VERBS or kind not in _KINDS:
            apart.add(table)
        tables.setdefault(table, {}).setdefault(family, {})[at] = _of_both(line, family)
    for table, found in tables.items():
        if table in apart or len(found) < len(_FAMILIES):
            continue
        one, other = (found[family] for family in _FAMILIES)
        if [*one.values()] == [*other.values()] and any(" rule " in text for text in one.values()):
            yield Pair(table, one, tuple(other))


def _of_both(line: Line, family: str) -> str:
    """A line as it is in a table of both families."""
    statement = line.statement
    if statement is None:
        return line.text.replace(f" {family} ", " inet ", 1)
    clauses = tuple(clause._replace(words=_protocol(clause.words)) for clause in statement.clauses)
    return str(Statement(statement.head.replace(f" {family} ", " inet ", 1), clauses, statement.comment))


def _protocol(words: str) -> str:
    begins = "ip protocol "
    return f"meta l4proto {words.removeprefix(begins)}" if words.startswith(begins) else words
