"""Where the keys and values of a TOML text are. `tomllib` reads what they say, and forgets where it stood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ..diagnostics.source import Source, Span

if TYPE_CHECKING:
    from tree_sitter import Node

#: The way to a value: the keys of tables, and the numbers of elements in arrays, from 0.
Way = tuple[str | int, ...]

#: Nodes that are neither a key nor a value.
_KEYS = ("bare_key", "quoted_key", "dotted_key")
_TABLES = ("table", "table_array_element")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is, and its value. For a table with a header of its own, both are in the header."""

    key: Span
    value: Span


def places(source: Source) -> dict[Way, Place]:
    """The place of everything in a TOML text that `tomllib` can read, by the way to it."""
    # Loaded for a text with a fault in it, and to show a configuration.
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    # Some characters take several bytes, in which the parser counts.
    starts = [0, *accumulate(len(char.encode()) for char in source.text)]
    tree = Parser(Language(tree_sitter_toml.language())).parse(source.text.encode())
    return _Walk(starts).over(tree.root_node)


class _Walk:
    """Goes through the tree of a text, once."""

    def __init__(self, starts: list[int]) -> None:
        self.starts = starts
        self.found: dict[Way, Place] = {}
        #: how many elements there are of each array of tables
        self.counts: dict[Way, int] = {}

    def over(self, document: Node) -> dict[Way, Place]:
        for node in document.named_children:
            if node.type == "pair":
                self.pair((), node)
            elif node.type in _TABLES:
                self.table(node)
        return self.found

    def table(self, node: Node) -> None:
        """A table, or an element of an array of tables, with its header."""
        header, *pairs = node.named_children
        keys = self.keys(header)
        way: Way = ()
        for key, span in keys:
            # A header names the last element of each array of tables that it goes through.
            way = self.last((*way, key))
            self.found.setdefault(way, Place(span, span))
        if node.type == "table_array_element":
            array = (*way[:-1], keys[-1][0]) if not isinstance(way[-1], int) else way[:-1]
            self.counts[array] = self.counts.get(array, 0) + 1
            way = self.last(array)
            self.found[way] = Place(keys[-1][1], keys[-1][1])
        for pair in pairs:
            if pair.type == "pair":
                self.pair(way, pair)

    def last(self, way: Way) -> Way:
        """The way to the last element, if one leads to an array of tables."""
        return (*way, self.counts[way] - 1) if way in self.counts else way

    def pair(self, above: Way, node: Node) -> None:
        """A key with its value, in the table that `above` leads to."""
        name, value = node.named_children[:2]
        way = above
        for key, span in self.keys(name):
            way = (*way, key)
            self.found.setdefault(way, Place(span, self.span(value)))
        self.value(way, value)

    def value(self, way: Way, node: Node) -> None:
        """What is in a value."""
        if node.type == "inline_table":
            for pair in node.named_children:
                if pair.type == "pair":
                    self.pair(way, pair)
        elif node.type == "array":
            elements = (each for each in node.named_children if each.type != "comment")
            for number, element in enumerate(elements):
                self.found[(*way, number)] = Place(self.span(element), self.span(element))
                self.value((*way, number), element)

    def keys(self, node: Node) -> list[tuple[str, Span]]:
        """The keys of a dotted name, each with its place."""
        if node.type == "dotted_key":
            return [key for child in node.named_children if child.type in _KEYS for key in self.keys(child)]
        return [(_unquoted((node.text or b"").decode()), self.span(node))]

    def span(self, node: Node) -> Span:
        return Span(self.offset(node.start_byte), self.offset(node.end_byte))

    def offset(self, byte: int) -> int:
        return bisect_right(self.starts, byte) - 1


def _unquoted(key: str) -> str:
    """A key as `tomllib` reads it."""
    if key[:1] not in "\"'":
        return key
    from tomllib import loads

    return next(iter(loads(f"{key} = 0")))
