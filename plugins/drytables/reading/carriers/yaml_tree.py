"""A YAML text as a tree of nodes that know their places, as far as it is YAML.

Pages show parts of files: with `...` for what is left out, with two parts one below the other, with the templates of
Jinja, Helm and GitHub among the values. So an error ends no more than the line it is in, and reading goes on below.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from ..excerpt import Excerpt
from ..pattern import pattern
from .carried import UNKNOWN

#: How often reading goes on after an error, so that a text that is not YAML is read in bounded time.
_MOST_ERRORS = 40
#: How many brackets and indentations may be open at once: with each, every token takes libyaml longer.
_MOST_OPEN = 1_000
#: A line that is none of YAML's: something is left out, or a template decides.
_NOT_YAML = pattern(
    r"^[ \t]*(?:-[ \t]+)?(?:\.{3,}|…|\[\.{3}\]|<(?:snip|\.{3})>|\{\{-?[^{}\n]*\}\}|\{[%#][^\n]*[%#]\})[ \t]*$",
    re.MULTILINE,
)
_TEMPLATE = pattern(
    r"\$?\{\{(?:[^\n{}]|\{(?!\{)|\}(?!\}))*+\}\}"
    r"|\{%(?:[^\n%{]|%(?!\})|\{(?!%))*+%\}"
)


@dataclass(slots=True)
class Scalar:
    """A value: where it stands in the code, with its quotes and its header, what YAML takes it for, and its style, as
    in `'`, `"`, `|`, `>` and nothing.
    """

    start: int
    end: int
    value: str
    style: str


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their values, in order."""

    pairs: list[tuple[str, Node]] = field(default_factory=list)


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Tree:
    """The nodes of a text, one after another; the text in which templates are letters; and the numbers of the lines,
    from 0, that are not YAML.
    """

    roots: list[Node]
    masked: str
    lost: set[int]


def parse(code: Excerpt) -> Tree:
    """Read a text as YAML; values that belong to no key or list are left."""
    masked = _masked(code.text)
    tree = _parsed(masked)
    # Text that is not YAML at all is one long scalar to a YAML parser.
    alone = [root for root in tree.roots if isinstance(root, Scalar)]
    tree.roots = [root for root in tree.roots if not isinstance(root, Scalar)]
    feeds = [match.start() for match in re.finditer("\n", masked)] if alone else []
    for scalar in alone:
        tree.lost.update(range(bisect_left(feeds, scalar.start), bisect_left(feeds, scalar.end) + 1))
    return tree


def _parsed(masked: str) -> Tree:
    """The tree of a text, parsed again after each error."""
    tree = Tree([], masked, set())
    number, at = 0, 0
    for _ in range(_MOST_ERRORS):
        lost = _parse_from(masked, at, tree.roots)
        if lost is None:
            return tree
        tree.lost.add(number + lost)
        number += lost + 1
        at = _start_of_line(masked, at, lost + 1)
    tree.lost.update(range(number, masked.count("\n") + 1))
    return tree


def _masked(text: str) -> str:
    """The text with templates as letters, and without the lines that are not YAML; all at the same places."""
    text = _NOT_YAML.sub(lambda match: " " * len(match[0]), text)
    return _TEMPLATE.sub(lambda match: "X" * len(match[0]), text)


def _start_of_line(text: str, at: int, number: int) -> int:
    for _ in range(number):
        at = text.find("\n", at) + 1 or len(text)
    return at


def _parse_from(text: str, at: int, roots: list[Node]) -> int | None:
    """Read a text from an index on; the number of the line that is not YAML, counted from there, or None."""
    import yaml  # only pages with commands in YAML need it

    builder = _Builder(at, roots)
    try:
        for event in yaml.parse(text[at:], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.add(event)
            if len(builder.open) > _MOST_OPEN:
                return int(event.start_mark.line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if "scalar" in (error.context or "") and error.context_mark:
            # A quote that nothing closes begins there; what it swallowed may be sound.
            mark = error.context_mark
        return int(mark.line) if mark else 0
    except yaml.YAMLError:  # a character that no YAML may contain
        return 0
    return None


@dataclass(slots=True)
class _Builder:
    """Builds nodes from the parser's events, so that those before an error are there."""

    base: int
    roots: list[Node]
    open: list[tuple[Node, list[str]]] = field(default_factory=list)

    def add(self, event: object) -> None:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self.put(self.scalar(event))
        elif kind == "AliasEvent":
            self.put(self.unknown(event))
        elif kind in ("SequenceStartEvent", "MappingStartEvent"):
            node: Node = Sequence() if kind == "SequenceStartEvent" else Mapping()
            self.put(node)
            self.open.append((node, []))
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self.open.pop()

    def scalar(self, event: object) -> Scalar:
        value, style = getattr(event, "value"), getattr(event, "style")  # noqa: B009
        return Scalar(*self.range(event), value, style or "")

    def unknown(self, alias: object) -> Scalar:
        """Takes the place of a node with an anchor, which is not looked up: aliases of aliases might never end."""
        return Scalar(*self.range(alias), UNKNOWN, "")

    def range(self, event: object) -> tuple[int, int]:
        start, end = getattr(event, "start_mark"), getattr(event, "end_mark")  # noqa: B009
        return self.base + start.index, self.base + end.index

    def put(self, node: Node) -> None:
        """Put a node where it belongs: the open mapping takes a key and then its value."""
        if not self.open:
            self.roots.append(node)
            return
        parent, keys = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif isinstance(parent, Mapping):
            if keys:
                parent.pairs.append((keys.pop(), node))
            else:
                keys.append(node.value if isinstance(node, Scalar) else "")
