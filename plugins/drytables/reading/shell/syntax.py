"""tree-sitter's view of a shell script, in character offsets."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, cached_property
from time import process_time
from typing import NamedTuple

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

from ..pattern import pattern

#: What may run once, many times or not at all, so that a variable set in it is not known after it, nor within it.
_CONDITIONAL = frozenset({
    "for_statement", "c_style_for_statement", "while_statement", "if_statement", "case_statement",
    "function_definition", "subshell", "command_substitution", "process_substitution", "pipeline", "list",
})  # fmt: skip
#: What may run its commands once, many times or not at all.
_MAYBE_RUN = frozenset({
    "for_statement", "c_style_for_statement", "while_statement", "if_statement", "case_statement",
    "function_definition", "command_substitution", "process_substitution",
})  # fmt: skip
_VISITED = frozenset(
    {
        "command",
        "variable_assignment",
        "for_statement",
        "unset_command",
        "file_redirect",
        "herestring_redirect",
        "function_definition",
    }
)
#: What consists of words: anything else in it is within a substitution, which begins with one of a few characters.
_WORDS = frozenset({
    "command", "command_name", "string", "concatenation", "expansion", "simple_expansion", "variable_assignment",
    "test_command", "file_redirect", "heredoc_body",
})  # fmt: skip
_MAY_HOLD_MORE = pattern(r"[(`\[]|<<|\$\{\s")
#: If the error output is discarded, the author expects that the command may fail.
_SILENCED = pattern(r"(?:2|&)>>?\s*/dev/null|2>&-|>&\s*/dev/null|2>&1")
_WRITES = pattern(r"&?>>?\|?(?!&)")
_TEE = pattern(r"(?:sudo\s+)?tee\s+(?:-\S+\s+)*(?P<file>[^\s|;&<>]+)\s*(?:>\s*\S+)?$")
EXPANSIONS = frozenset({
    "simple_expansion", "expansion", "command_substitution", "arithmetic_expansion", "process_substitution",
})  # fmt: skip


#: Seconds of CPU time that the parser may take for a text, and for each of its bytes. For some texts that are not shell
#: it takes quadratic time (observed with tree-sitter-bash 0.25); for shell it takes a tenth of this.
_PATIENCE, _PATIENCE_A_BYTE = 0.2, 10e-6
#: In bytes: a shorter text cannot take long.
_SHORT = 4096


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_bash.language()))


def _parsed(text: bytes) -> Node | None:
    """The root of a text's tree; None if the parser would take too long, as it does only for text that is not shell."""
    parser = _parser()
    if len(text) < _SHORT:
        return parser.parse(text).root_node
    deadline = process_time() + _PATIENCE + _PATIENCE_A_BYTE * len(text)
    try:
        tree = parser.parse(
            lambda at, _: text[at : at + _SHORT], progress_callback=lambda at, has_error: process_time() > deadline
        )
    except ValueError:
        parser.reset()
        return None
    return tree.root_node


class Reader(NamedTuple):
    """Who gets what is printed: a file, `> FILE`, or the programs of the rest of a pipeline that begins at an index."""

    text: str
    pipeline: int = -1


class Visit(NamedTuple):
    """A node on the way through the tree, with its parent: tree-sitter would search for that from the root each time.

    `is_conditional` says that the value of a variable set there is not known, `may_not_run` that the node may run once,
    often or not at all, and `may_fail` that its author expects it may fail. `reader` gets what it prints; None if
    only people do.
    """

    node: Node
    parent: Node | None = None
    is_conditional: bool = False
    may_not_run: bool = False
    may_fail: bool = False
    reader: Reader | None = None


class Tree:
    """A parsed script; offsets count characters, whereas tree-sitter counts bytes."""

    def __init__(self, text: str) -> None:
        encoded = text.encode("utf-8", "replace")
        self.text = text
        self.root = _parsed(encoded)
        #: at which byte each character begins, unless all are single bytes
        self._bytes: list[int] | None = None
        if len(encoded) != len(text):
            # In UTF-8, the bytes of a character after its first begin with the bits 10.
            self._bytes = [at for at, byte in enumerate(encoded) if byte & 0xC0 != 0x80]

    @property
    def has_error(self) -> bool:
        """Whether a part of it is not shell."""
        return self.root is None or self.root.has_error

    @property
    def is_given_up(self) -> bool:
        """Whether the parser would have taken too long, so that there is nothing to visit."""
        return self.root is None

    def start(self, node: Node) -> int:
        """The index of a node's first character."""
        return self._index(node.start_byte)

    def end(self, node: Node) -> int:
        """The index after a node's last character."""
        return self._index(node.end_byte)

    def slice(self, node: Node) -> str:
        """The text of a node."""
        return self.text[self.start(node) : self.end(node)]

    def _index(self, byte: int) -> int:
        return byte if self._bytes is None else bisect_left(self._bytes, byte)

    @cached_property
    def visits(self) -> list[Visit]:
        """The nodes that run something, set a variable or contain a heredoc, in the order of the text."""
        visits: list[Visit] = []
        waiting = [Visit(self.root)] if self.root is not None else []
        while waiting:
            visit = waiting.pop()
            kind = visit.node.type
            if kind in _VISITED:
                visits.append(visit)
            if visit.node.child_count and not (kind in _WORDS and self._holds_only_words(visit.node)):
                waiting += reversed(self._below(visit, kind))
        return visits

    def _holds_only_words(self, node: Node) -> bool:
        """Whether there is nothing to visit in a command, or in a part of one: most contain no substitution."""
        # If the text is not shell, anything may contain anything; variables set for a command come before its name.
        if node.has_error or (node.type == "command" and node.children[0].type != "command_name"):
            return False
        return not _MAY_HOLD_MORE.search(self.text, self.start(node), self.end(node))

    def _below(self, visit: Visit, kind: str) -> list[Visit]:
        """The children of a node in the order of the text."""
        node, children = visit.node, visit.node.children
        is_conditional = visit.is_conditional or kind in _CONDITIONAL
        may_not_run = visit.may_not_run or kind in _MAYBE_RUN
        may_fail = visit.may_fail or kind == "negated_command"
        if kind == "redirected_statement":
            may_fail = may_fail or self._is_silenced(children)
        reader = self._reader(visit, kind)
        if kind == "pipeline":
            end = self.end(node)
            rests = [self.text[self.end(child) : end].strip("|& \t\n") for child in children]
            return [
                Visit(child, node, is_conditional, may_not_run, may_fail, _of_pipeline(rest, end) if rest else reader)
                for child, rest in zip(children, rests, strict=True)
            ]
        if kind != "list" or all(each.type != "||" for each in children):
            return [Visit(child, node, is_conditional, may_not_run, may_fail, reader) for child in children]
        first = Visit(children[0], node, is_conditional, may_not_run, may_fail=True, reader=reader)
        rest = (
            Visit(each, node, is_conditional, may_not_run=True, may_fail=may_fail, reader=reader)
            for each in children[1:]
        )
        return [first, *rest]

    def _reader(self, visit: Visit, kind: str) -> Reader | None:
        """Who gets what a node prints, unless a part of it decides otherwise."""
        if kind in ("command_substitution", "process_substitution", "function_definition"):
            return None
        if kind != "redirected_statement":
            return visit.reader
        for redirect in visit.node.children_by_field_name("redirect"):
            destination = redirect.child_by_field_name("destination")
            is_of_output = redirect.child_by_field_name("descriptor") is None and destination is not None
            if is_of_output and redirect.type == "file_redirect" and _WRITES.match(self.slice(redirect)):
                return Reader(f"> {self.slice(destination)}") if destination is not None else None
        return visit.reader

    def _is_silenced(self, children: list[Node]) -> bool:
        """Whether a redirected statement discards its error output."""
        return any(each.type == "file_redirect" and _SILENCED.match(self.slice(each)) for each in children)

    def expansions(self, nodes: list[Node]) -> dict[int, int]:
        """The outermost expansions in some nodes: from the index where each begins to the index after it."""
        ends = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node.type in EXPANSIONS:
                ends[self.start(node)] = self.end(node)
            else:
                waiting += node.children
        return ends


def _of_pipeline(rest: str, at: int) -> Reader:
    """The reader that the rest of a pipeline is, which ends at an index: with `tee`, it is a file."""
    tee = _TEE.match(rest)
    return Reader(f"> {tee['file']}") if tee else Reader(rest, at)
