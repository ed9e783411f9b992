"""tree-sitter's view of a shell script, in character offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

#: What may be done once, many times or not at all, so that a variable set in it is not known after it, nor in it.
_CONDITIONAL = frozenset({
    "for_statement", "c_style_for_statement", "while_statement", "if_statement", "case_statement",
    "function_definition", "subshell", "command_substitution", "process_substitution", "pipeline", "list",
})  # fmt: skip
EXPANSIONS = frozenset({
    "simple_expansion", "expansion", "command_substitution", "arithmetic_expansion", "process_substitution",
})  # fmt: skip


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_bash.language()))


@dataclass(frozen=True, slots=True)
class Visit:
    """A node on the way through the tree, and whether it stands in something conditional."""

    node: Node
    is_conditional: bool


class Tree:
    """A script as parsed; offsets are those of characters, where tree-sitter counts bytes."""

    def __init__(self, text: str) -> None:
        encoded = text.encode("utf-8", "replace")
        self.text = text
        self.root = _parser().parse(encoded).root_node
        # The replacement of a lone surrogate is one byte, as is every ASCII character.
        self._ends = (
            None if len(encoded) == len(text) else list(accumulate(len(c.encode("utf-8", "replace")) for c in text))
        )

    @property
    def has_error(self) -> bool:
        """Whether a part of it is no shell."""
        return self.root.has_error

    def start(self, node: Node) -> int:
        """The index of a node's first character."""
        return self._index(node.start_byte)

    def end(self, node: Node) -> int:
        """The index after its last."""
        return self._index(node.end_byte)

    def slice(self, node: Node) -> str:
        """Its text."""
        return self.text[self.start(node) : self.end(node)]

    def _index(self, byte: int) -> int:
        if self._ends is None:
            return byte
        return bisect_left(self._ends, byte + 1) if byte else 0

    def walk(self) -> Iterator[Visit]:
        """All nodes in the order of the text."""
        waiting = [Visit(self.root, False)]
        while waiting:
            visit = waiting.pop()
            yield visit
            is_conditional = visit.is_conditional or visit.node.type in _CONDITIONAL
            waiting += [Visit(child, is_conditional) for child in reversed(visit.node.children)]

    def expansions(self, nodes: list[Node]) -> dict[int, int]:
        """The outermost expansions in some nodes: the index where each begins, to the index after it."""
        found = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node.type in EXPANSIONS:
                found[self.start(node)] = self.end(node)
            else:
                waiting += node.children
        return found
