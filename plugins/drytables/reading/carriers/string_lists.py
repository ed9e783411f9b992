"""The statements of a program as lists of elements, which hold lists in their turn: enough of it to find arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from .carried import UNKNOWN
from .string_tokens import Token


@dataclass(slots=True)
class List:
    """What is between two brackets, and the name before them; more is added to one that is a part."""

    bracket: str = ""
    name: str = ""
    elements: list[Element] = field(default_factory=list)
    is_for_people: bool = False
    is_part: bool = False


@dataclass(slots=True)
class Element:
    """One element of a list: its tokens, and the lists in it; each list is a token too. `code` is what they are in."""

    code: Excerpt
    tokens: list[Token] = field(default_factory=list)
    lists: dict[int, List] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name that something is given to: `command = …`, `"run": …`."""
        is_given = len(self.tokens) > 1 and self.tokens[1].kind == "assign"
        return _name(self.tokens[0]) if is_given else ""

    @property
    def value(self) -> list[Token]:
        """The tokens of what is given."""
        return self.tokens[2:] if self.key else self.tokens

    @property
    def is_string(self) -> bool:
        """Whether it is one string, perhaps of several parts, and nothing else."""
        return not self.key and bool(self.tokens) and all(each.kind == "quoted" for each in self.tokens)

    @property
    def name(self) -> str:
        """The function that a string is given to without brackets, as in Ruby: `system "…"`."""
        given = self.tokens[2:4] if self.key else self.tokens[:2]
        return given[0].typed if [each.kind for each in given] == ["word", "quoted"] else ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.code.span(self.tokens[0].start, self.tokens[-1].end)

    @property
    def is_joined(self) -> bool:
        """Whether something is added to something in it."""
        return any(each.kind == "joiner" for each in self.value)

    def spread(self) -> Element:
        """The same as any number of elements."""
        start = self.tokens[0].start if self.tokens else 0
        return Element(self.code, [Token("word", start, start, "*"), *self.tokens] if self.tokens else [])

    def string(self) -> Excerpt | None:
        """The string that it makes, with an unknown part for each value that is added; None if it makes none."""
        pieces: list[Excerpt] = []
        part: list[Token] = []
        for token in (*self.value, None):
            if token is not None and token.kind != "joiner":
                part.append(token)
                continue
            texts = [each.string for each in part if each.string is not None]
            if texts:
                pieces += texts
            elif part:
                pieces.append(Excerpt.written_for(UNKNOWN, self.code.span(part[0].start, part[-1].end)))
            part = []
        if not any(each.kind == "quoted" for each in self.value):
            return None
        if pieces[-1].text.endswith(" "):
            # More is added to such a string later.
            last = pieces[-1]
            pieces.append(Excerpt.written_for(UNKNOWN, last.span(len(last.text) - 1, len(last.text))))
        return Excerpt.join(pieces)


def _name(token: Token) -> str:
    return token.typed if token.string is None else token.string.text


def statements(found: list[Token], code: Excerpt) -> Iterator[List]:
    """The statements of a text, each as a list without brackets, from its tokens."""
    builder = _Builder(code)
    found = [token for token in found if token.kind != "remark"]
    for token, after in zip_longest(found, found[1:]):
        if token.kind == "end":
            if builder.ends(token, after):
                yield from builder.end()
        else:
            builder.add(token)
    yield from builder.open


class _Builder:
    """Puts tokens where they belong."""

    def __init__(self, code: Excerpt) -> None:
        self.code = code
        self.open = [List(elements=[Element(self.code)])]
        #: the brackets that are open
        self.brackets: list[Token] = []

    def add(self, token: Token) -> None:
        """Add any token but the end of a statement."""
        element = self.open[-1].elements[-1]
        if token.kind == "open":
            before = element.tokens[-1] if element.tokens else None
            name = before.typed if before is not None and before.kind == "word" else element.name
            self.open.append(List(token.typed, name, [Element(self.code)]))
            self.brackets.append(token)
        elif token.kind == "close":
            self.close(token)
        elif token.kind == "comma":
            self.open[-1].elements.append(Element(self.code))
        else:
            element.tokens.append(token)

    def close(self, token: Token) -> None:
        """Put a whole list into the element that it is in; a bracket that nothing opens is nothing."""
        if not self.brackets:
            return
        closed, start = self.open.pop(), self.brackets.pop().start
        element = self.open[-1].elements[-1]
        element.lists[len(element.tokens)] = closed
        element.tokens.append(Token("open", start, token.end, ""))

    def ends(self, token: Token, after: Token | None) -> bool:
        """Whether the end of a line, or a semicolon, ends anything."""
        tokens = self.open[-1].elements[-1].tokens
        if not tokens or token.typed != "\n":
            return bool(tokens)
        is_unfinished = tokens[-1].kind == "joiner" or (tokens[-1].kind == "assign" and tokens[-1].typed != ":")
        goes_on = is_unfinished or (after is not None and (after.kind == "joiner" or after.typed == "."))
        return not goes_on and self.open[-1].bracket not in ("(", "[")

    def end(self) -> Iterator[List]:
        """End a statement, or an element between braces."""
        if self.brackets:
            self.open[-1].elements.append(Element(self.code))
        else:
            yield self.open.pop()
            self.open.append(List(elements=[Element(self.code)]))
