"""The strings of a text in a programming or configuration language, with the brackets, commas and names around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, cast

from ..excerpt import Excerpt
from .carried import UNKNOWN
from .string_syntax import ESCAPES, NUMBERED, Quoting, Syntax

#: `word` is a name, a number or any other sign; an `end` is what ends a statement.
Kind = Literal["quoted", "open", "close", "comma", "joiner", "assign", "end", "word", "remark"]


class Token(NamedTuple):
    """A part of a text, by its half-open range there and as it is typed; a `string` is what the program sees."""

    kind: Kind
    start: int
    end: int
    typed: str
    string: Excerpt | None = None


def tokens(code: Excerpt, syntax: Syntax) -> Iterator[Token]:
    """The tokens of a text, without blanks."""
    return _Tokenizer(code, syntax).read()


@cache
def _pattern(syntax: Syntax) -> re.Pattern[str]:
    """What begins a token."""
    lines = "|".join(map(re.escape, syntax.line_comments))
    prefix = f"(?<!\\w)[{syntax.prefix}]{{1,2}}" if syntax.prefix else ""
    quotes = "|".join(re.escape(quoting.open) for quoting in syntax.quotings)
    blocks = "|".join(re.escape(start) for start, _ in syntax.block_comments)
    parts = [
        rf"(?P<line>(?:{lines})[^\n]*|\\\n)" if lines else r"(?P<line>\\\n)",
        f"(?P<block>{blocks})" if blocks else "",
        f"(?P<heredoc>{syntax.heredoc})" if syntax.heredoc else "",
        f"(?P<quoted>(?:{prefix})?(?P<opening>{quotes}))" if prefix else f"(?P<quoted>(?P<opening>{quotes}))",
        r"(?P<assign>=>|:=|[+.]=|=(?!=)|:(?!:))",
        f"(?P<joiner>{syntax.joiner})" if syntax.joiner else "",
        r"(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<end>[;\n])",
        r"(?P<word>[\w@$-]+(?:(?:\.|::|->)[\w$]+)*|[^\s\w])",
    ]
    return re.compile("|".join(part for part in parts if part))


class _Tokenizer:
    def __init__(self, code: Excerpt, syntax: Syntax) -> None:
        self.code = code
        self.syntax = syntax
        self.quotings = {quoting.open: quoting for quoting in syntax.quotings}
        #: up to which index no string of a kind, and no comment, is closed any more
        self.missing: dict[str, int] = {}
        #: where the text goes on after the bodies of the heredocs that were opened in the current line; 0 without any
        self.after_bodies = 0

    def read(self) -> Iterator[Token]:
        text, pattern = self.code.text, _pattern(self.syntax)
        at = 0
        while match := pattern.search(text, at):
            at = match.end()
            kind = match.lastgroup or ""
            if kind == "block":
                at = self.after(dict(self.syntax.block_comments)[match[0]], at) or at
                yield self.token("remark", match.start(), at)
            elif kind == "heredoc":
                yield self.heredoc(match)
            elif kind == "quoted":
                token = self.string(match)
                yield token
                at = token.end
            else:
                yield self.token("remark" if kind == "line" else cast(Kind, kind), match.start(), at)
                if match[0] == "\n" and self.after_bodies:
                    at, self.after_bodies = self.after_bodies, 0

    def token(self, kind: Kind, start: int, end: int, string: Excerpt | None = None) -> Token:
        return Token(kind, start, end, self.code.text[start:end], string)

    def after(self, closing: str, at: int) -> int:
        """The index after the next place that closes something; 0 if there is none."""
        found = -1 if closing in self.missing else self.code.text.find(closing, at)
        if found < 0:
            self.missing[closing] = len(self.code.text)
            return 0
        return found + len(closing)

    def string(self, match: re.Match[str]) -> Token:
        """The string that an opening begins; a quote that nothing closes is a word."""
        quoting = self.quotings[match["opening"]]
        start = match.end()
        end = self.end_of_string(quoting, start)
        if end < 0:
            return self.token("word", match.start(), start)
        inside = self.code.cut(start, end)
        is_raw = not quoting.has_escapes or "r" in match["quoted"][: -len(quoting.open)].lower()
        return self.token("quoted", match.start(), end + len(quoting.close), _read(inside, quoting.hole, is_raw))

    def end_of_string(self, quoting: Quoting, start: int) -> int:
        """Where the closing quote begins; -1 if there is none."""
        key = f"{quoting.open} string"
        if start <= self.missing.get(key, -1):
            return -1
        end = len(self.code.text)
        for match in _closing(quoting.close, quoting.has_escapes, quoting.is_long).finditer(self.code.text, start):
            if match[0] == quoting.close:
                return match.start()
            if match[0] == "\n":
                end = match.start()
                break
        self.missing[key] = end
        return -1

    def heredoc(self, opening: re.Match[str]) -> Token:
        """The text of a heredoc, without the indentation of its lines."""
        text, lines = self.code.text, list[Excerpt]()
        at = self.after_bodies or text.find("\n", opening.end()) + 1 or len(text)
        while at < len(text):
            after = text.find("\n", at) + 1 or len(text)
            line = self.code.cut(at, after)
            at = after
            if line.text.strip().rstrip(";,)") == opening["end_word"]:
                break
            lines.append(line)
        self.after_bodies = at
        indent = min((len(line.text) - len(line.text.lstrip(" \t")) for line in lines if line.text.strip()), default=0)
        whole = Excerpt.join(line.cut(min(indent, len(line.text) - 1), len(line.text)) for line in lines)
        hole = next((each.hole for each in self.syntax.quotings if each.hole), "") if opening["quote"] != "'" else ""
        return self.token("quoted", opening.start(), opening.end(), _read(whole, hole, is_raw=True))


@cache
def _closing(close: str, has_escapes: bool, is_long: bool) -> re.Pattern[str]:
    escape = r"\\[\s\S]|" if has_escapes else ""
    return re.compile(escape + re.escape(close) + ("" if is_long else r"|\n"))


@cache
def _special(hole: str, is_raw: bool) -> re.Pattern[str]:
    parts = [] if is_raw else [rf"(?P<code>{NUMBERED.pattern})", r"(?P<escape>\\(?s:.))"]
    return re.compile("|".join([*parts, *([f"(?P<hole>{hole})"] if hole else [])]) or r"(?!)")


def _read(inside: Excerpt, hole: str, is_raw: bool) -> Excerpt:
    """What is between quotes, with what its escapes stand for, and with its holes."""
    pieces: list[Excerpt] = []
    at = 0
    for match in _special(hole, is_raw).finditer(inside.text):
        pieces.append(inside.cut(at, match.start()))
        at = match.end()
        found = match.groupdict()
        text = UNKNOWN
        if found.get("code"):
            number = int(next(digits for digits in NUMBERED.match(match[0]).groups() if digits), 16)  # type: ignore[union-attr]
            text = chr(number) if number < 0x110000 else ""
        elif found.get("escape"):
            text = ESCAPES.get(match[0][1], match[0][1])
        pieces.append(Excerpt.written_for(text, inside.span(*match.span())))
    return Excerpt.join((*pieces, inside.cut(at, len(inside.text))))
