"""The cells of a notebook and the strings of their text, each with its place in the file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from ...diagnostics.source import Source, Span
from ..excerpt import Excerpt
from ..pattern import pattern

_TOKEN = pattern(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]', re.DOTALL)
_ESCAPE = pattern(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
#: The keys under which a cell has its text: in today's notebooks, and in those before version 4.
_TEXTS = frozenset({"source", "input"})


@dataclass(slots=True)
class Cell:
    """One cell: its `kind` (`markdown`, `code`, `raw`), and the strings of its text as they stand in the file."""

    kind: str = ""
    strings: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class _Container:
    """An object or array that is open: the key in it that comes or came last, and whether that has been read."""

    is_object: bool
    key: str = ""
    has_key: bool = False
    cell: Cell = field(default_factory=Cell)


def json_error(source: Source) -> tuple[str, int] | None:
    """The parser's message for a text that is not JSON, and the index; None if it is JSON."""
    try:
        json.loads(source.text)
    except json.JSONDecodeError as error:
        return error.msg, error.pos
    except (ValueError, RecursionError):
        return "nested too deeply", 0
    return None


def cells_of(source: Source) -> list[Cell]:
    """The cells of a notebook, in order; none if the text is not JSON."""
    text = source.text
    if json_error(source) is not None:
        return []
    cells: list[Cell] = []
    within: list[_Container] = []
    for token in _TOKEN.finditer(text):
        sign = token[0]
        top = within[-1] if within else None
        if sign in "{[":
            within.append(_Container(sign == "{"))
        elif sign in "}]":
            closed = within.pop()
            if closed.cell.kind:
                cells.append(closed.cell)
        elif sign == "," and top is not None:
            top.has_key = False
        elif sign[0] == '"' and top is not None:
            if top.is_object and not top.has_key:
                top.key, top.has_key = sign[1:-1], True
            else:
                _take(within, Span(token.start() + 1, token.end() - 1), sign[1:-1])
    return cells


def _take(within: list[_Container], span: Span, text: str) -> None:
    """Take in a string that is a value."""
    owner = within[-1] if within[-1].is_object else within[-2] if len(within) > 1 else within[-1]
    if owner.key == "cell_type" and owner is within[-1]:
        owner.cell.kind = text
    elif owner.key in _TEXTS and owner.is_object:
        owner.cell.strings.append(span)


def text_of(source: Source, strings: list[Span]) -> Excerpt:
    """The text that some strings of JSON mean together."""
    return Excerpt.join([piece for span in strings for piece in _pieces(source, span)])


def _pieces(source: Source, span: Span) -> list[Excerpt]:
    pieces, at = [], span.start
    for match in _ESCAPE.finditer(source.text, span.start, span.end):
        pieces.append(Excerpt.of(source, Span(at, match.start())))
        pieces.append(Excerpt.written_for(json.loads(f'"{match[0]}"', strict=False), Span(*match.span())))
        at = match.end()
    pieces.append(Excerpt.of(source, Span(at, span.end)))
    return pieces
