"""How code is coloured: by Pygments, except for prompts and output, which no lexer knows of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.shell import BashLexer
from pygments.lexers.special import TextLexer
from pygments.token import STANDARD_TYPES, Literal, Operator, Text, Whitespace, _TokenType
from pygments.util import ClassNotFound

from ...reading.excerpt import Excerpt
from ...reading.pattern import pattern
from ...reading.shell.prompts import typed_part
from ...reading.shell.script import SHELL_LANGUAGES

#: How a shell prompt ends; the text before a command in another kind of file (`PostUp =`) does not end so.
_SIGN_OF_PROMPT = pattern("[$#%>❯➜→»]")
_END_OF_PROMPT = pattern(rf"{_SIGN_OF_PROMPT.pattern}\s*$")
#: Tokens that get no colour: every second word of a command would be a number.
_UNCOLOURED = (Text, Whitespace, Operator, Literal.Number)
#: Shell text without anything that quotes, expands, redirects, comments or goes on: each of its words is coloured as it
#: is by itself.
_PLAIN = pattern(r"[\w \t\n!%*+,./:>?@^~-]*", re.ASCII)
_WORD = pattern(r"\S+", re.ASCII)

#: A stretch of a text: where it begins and ends, and its CSS class.
_Stretch = tuple[int, int, str]


class Colours:
    """A text and the CSS class of each stretch of it, as Pygments names it; `gp` for prompts, `go` for output."""

    def __init__(self, text: str, code: Excerpt, language: str) -> None:
        self.text = text
        untyped = [*_untyped(code, language)]
        self._stretches = sorted([*_coloured(_blanked(text, untyped), language), *untyped])
        self._starts = [start for start, _, _ in self._stretches]

    def html(self, start: int, end: int) -> str:
        """The HTML of `text[start:end]`."""
        if not self._stretches:
            return escape(self.text[start:end], quote=False)
        pieces = []
        begin = max(0, bisect_right(self._starts, start) - 1)
        for first, last, css_class in self._stretches[begin : bisect_left(self._starts, end)]:
            low, high = max(first, start), min(last, end)
            if low < high:
                pieces += [
                    escape(self.text[start:low], quote=False),
                    f'<span class="{css_class}">{escape(self.text[low:high], quote=False)}</span>',
                ]
                start = high
        return "".join([*pieces, escape(self.text[start:end], quote=False)])


def _blanked(text: str, untyped: Sequence[_Stretch]) -> str:
    """A text with spaces in place of everything that was not typed."""
    if not untyped:
        return text
    typed = list(text)
    for start, end, _ in untyped:
        typed[start:end] = " " * (end - start)
    return "".join(typed)


def _coloured(text: str, language: str) -> Iterator[_Stretch]:
    """The stretches of a text that get a colour, in order."""
    lexer = _lexer(language)
    if isinstance(lexer, TextLexer):
        return
    if not (isinstance(lexer, BashLexer) and _PLAIN.fullmatch(text)):
        yield from _lexed(text, lexer)
        return
    for word in _WORD.finditer(text):
        start = word.start()
        for first, last, css_class in _of_plain_word(word[0]):
            yield start + first, start + last, css_class


@lru_cache(maxsize=4096)
def _of_plain_word(word: str) -> tuple[_Stretch, ...]:
    """The stretches of a word of a plain command; few words have any, and most come again."""
    return tuple(_lexed(f"{word}\n", _lexer("sh")))


def _lexed(text: str, lexer: Lexer) -> Iterator[_Stretch]:
    at = 0
    for kind, piece in lexer.get_tokens(text):
        end = at + len(piece)
        css_class = _css_class(kind)
        if css_class:
            yield at, end, css_class
        at = end


def _untyped(code: Excerpt, language: str) -> Iterator[_Stretch]:
    """The prompts of a text and, if it has prompts, its lines of output."""
    if not _SIGN_OF_PROMPT.search(code.text):
        return
    typed = typed_part(code, language.lower()).code
    if typed.text == code.text:
        return
    kept = {bisect_left(code.starts, at) for at, character in zip(typed.starts, typed.text, strict=True)
            if not character.isspace()}  # fmt: skip
    lines, at = [], 0
    for line in code.text.splitlines(keepends=True):
        shown = [place for place in range(at, at + len(line)) if place in kept]
        lines.append((at, line, shown[0] if shown else None))
        at += len(line)
    prompts = [
        (start, first, "gp")
        for start, line, first in lines
        if first is not None and _END_OF_PROMPT.search(code.text[start:first])
    ]
    yield from prompts
    if prompts:
        yield from ((start, start + len(line.rstrip("\n")), "go") for start, line, first in lines
                    if first is None and line.strip())  # fmt: skip


@cache
def _css_class(kind: _TokenType) -> str:
    """Pygments' short name for a kind of token, or for its nearest ancestor that has one; empty for no colour."""
    if any(kind[: len(each)] == each for each in _UNCOLOURED):
        return ""
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES[kind]


def _lexer(language: str) -> Lexer:
    """The lexer of a language, for its colours; it neither adds nor drops a character."""
    name = language.lower()
    options = {"stripnl": False, "ensurenl": False}
    if name in SHELL_LANGUAGES - {"text", "txt", "plain", "plaintext", "none"}:
        return BashLexer(**options)
    return _kind_of_lexer(name)(**options)


@lru_cache(maxsize=100)
def _kind_of_lexer(name: str) -> type[Lexer]:
    """The lexer of that name. For one that it does not have, such as nft, Pygments asks all installed packages."""
    try:
        kind: type[Lexer] = find_lexer_class_by_name(name)
    except ClassNotFound:
        return TextLexer
    return kind
