"""Snippets of a page that build the same chains: together they are a story, and one picture shows what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..grammar.builtin import TABLES
from ..grammar.rule import Rule
from .report import Snippet

#: A user-defined chain: its family, table and name.
Chain = tuple[str, str, str]


def joined(snippets: Sequence[Snippet]) -> Mapping[int, tuple[int, ...]]:
    """For the last snippet of each story that more than one tells, by its index: the indexes of all of them, in order.

    A later snippet goes on with an earlier one if it adds to a chain that the earlier one creates, or sends packets
    there. Creating a chain of the same name again begins another story: two ways to do something are often shown one
    below the other.
    """
    story = list(range(len(snippets)))
    creators: dict[Chain, int] = {}
    for index, snippet in enumerate(snippets):
        created = {chain for rule in _rules(snippet) for chain in _created(rule)}
        for rule in _rules(snippet):
            for chain in _touched(rule):
                if chain not in created and chain in creators:
                    _join(story, index, creators[chain])
        creators.update(dict.fromkeys(created, index))
    members: dict[int, list[int]] = {}
    for index in range(len(snippets)):
        members.setdefault(_first(story, index), []).append(index)
    return {each[-1]: tuple(each) for each in members.values() if len(each) > 1}


def _rules(snippet: Snippet) -> Iterator[Rule]:
    return (checked.verdict.rule for checked in snippet.commands)


def _created(rule: Rule) -> Iterator[Chain]:
    if rule.command == "new-chain" and rule.chain is not None:
        yield rule.family, rule.table, rule.chain.text


def _touched(rule: Rule) -> Iterator[Chain]:
    """The chains that a rule is put into or sends packets to."""
    if rule.chain is not None and rule.chain.text not in TABLES.get(rule.table, ()):
        yield rule.family, rule.table, rule.chain.text
    if rule.jump is not None and rule.target is None:
        yield rule.family, rule.table, rule.jump.text


def _first(story: list[int], index: int) -> int:
    """The snippet that a story begins with; the way there becomes shorter for those who ask later."""
    while story[index] != index:
        story[index] = story[story[index]]
        index = story[index]
    return index


def _join(story: list[int], one: int, other: int) -> None:
    first, second = sorted((_first(story, one), _first(story, other)))
    story[second] = first
