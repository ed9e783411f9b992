"""tree-sitter's view of a shell script, in character offsets."""

from __future__ import annotations

import re
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
#: What may run its commands once, many times or not at all.
_MAYBE_RUN = frozenset({
    "for_statement", "c_style_for_statement", "while_statement", "if_statement", "case_statement",
    "function_definition", "command_substitution", "process_substitution",
})  # fmt: skip
#: Where the messages of a failure go nowhere, its author reckons with it.
_SILENCED = re.compile(r"(?:2|&)>>?\s*/dev/null|2>&-|>&\s*/dev/null|2>&1")
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

    def circumstances(self, node: Node) -> tuple[bool, bool]:
        """Whether a command may not run, or run more than once; and whether its failure is reckoned with."""
        is_conditional = may_fail = False
        child, parent = node, node.parent
        while parent is not None:
            is_conditional |= parent.type in _MAYBE_RUN
            may_fail |= parent.type == "negated_command"
            if parent.type == "list" and any(each.type == "||" for each in parent.children):
                is_first = parent.children[0].start_byte == child.start_byte
                may_fail |= is_first
                is_conditional |= not is_first
            if parent.type == "redirected_statement":
                redirects = [each for each in parent.children if each.type == "file_redirect"]
                may_fail |= any(_SILENCED.match(self.slice(each)) for each in redirects)
            child, parent = parent, parent.parent
        return is_conditional, may_fail

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
