"""Heredocs, found before the parser sees a text: it loses those whose first line goes on, and knows one a line.

bash(1), Here Documents; what a body becomes was observed with bash 5.2.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..excerpt import Excerpt
from ..pattern import pattern

#: The operator and the word after it, or what neither is one nor contains one: an escape, quoted text, a comment, a
#: here-string. No part can backtrack over another.
_TOKEN = pattern(
    r"""\\. | '[^']*+' | "(?:[^"\\]++|\\.)*+" | (?<![^\s;&|()])\#[^\n]*+ | <<<
      | (?P<operator><<(?P<dash>-?)[ \t]*+(?P<word>(?:\\.|'[^'\n]*+'|"[^"\n]*+"|[^\s;&|<>()'"\\`])++))
      | (?P<end>\n)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTING = pattern(r"\\(.)|['\"]")
#: What the shell does to a body whose delimiter is not quoted: escapes, and the values of variables.
_EXPANDED = pattern(r"\\(?P<escaped>[$`\\\n])|\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+))")
_RESTORES = pattern(r"ip6?tables\S*-restore\b")


class Delimiter(NamedTuple):
    """What ends a heredoc: a line that is `text`, with tabs before it if it `may_be_indented`."""

    text: str
    may_be_indented: bool
    is_quoted: bool

    def is_at(self, line: str) -> bool:
        """Whether a line without its line feed ends the heredoc."""
        return (line.lstrip("\t") if self.may_be_indented else line) == self.text


class Heredoc(NamedTuple):
    """A heredoc of a text: the half-open ranges of its operator, with the delimiter, and of its body."""

    operator: tuple[int, int]
    body: tuple[int, int]
    delimiter: Delimiter
    #: the index after the line that ends it
    end: int


def find_heredocs(text: str) -> list[Heredoc]:
    """The heredocs of a text in the order of their operators.

    One that no line ends goes on to the end for the shell, and here if iptables-restore reads it; elsewhere it is left
    out, as prose may have such signs, too.
    """
    if "<<" not in text:
        return []
    ends = _Lines(text)
    found: list[Heredoc] = []
    waiting: list[re.Match[str]] = []
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["operator"]:
            waiting.append(match)
        elif match["end"] and waiting:
            for operator, is_restored in zip(waiting, _are_restored(text, waiting), strict=True):
                delimiter = _delimiter(operator)
                last = ends.first(delimiter, at)
                if last is None and is_restored:
                    last = len(text), len(text)
                if last is not None:
                    found.append(Heredoc(operator.span("operator"), (at, last[0]), delimiter, last[1]))
                    at = last[1]
            waiting = []
    return found


def _are_restored(text: str, operators: Sequence[re.Match[str]]) -> Iterator[bool]:
    """Of each of some operators in a row, whether iptables-restore is named before it on its line."""
    at = text.rfind("\n", 0, operators[0].start()) + 1
    is_restored = False
    for operator in operators:
        line = text.rfind("\n", at, operator.start()) + 1
        is_restored = bool(_RESTORES.search(text, max(at, line), operator.start())) or (is_restored and not line)
        yield is_restored
        at = operator.start()


def delimiters_in(line: str) -> list[Delimiter]:
    """The delimiters of the heredocs that begin in a line, in order."""
    if "<<" not in line:
        return []
    return [_delimiter(match) for match in _TOKEN.finditer(line) if match["operator"]]


def without_heredocs(text: str, heredocs: Sequence[Heredoc]) -> str:
    """A text of the same length in which heredocs are files that are read, with blanks in place of their bodies."""
    pieces: list[str] = []
    blank = [(start, end, f"<{' X':X<{end - start - 1}}") for start, end in (each.operator for each in heredocs)]
    blank += ((each.body[0], each.end, re.sub(r"[^\n]", " ", text[each.body[0] : each.end])) for each in heredocs)
    at = 0
    for start, end, replacement in sorted(blank):
        pieces += text[at:start], replacement
        at = end
    return "".join((*pieces, text[at:]))


def body_of(code: Excerpt, heredoc: Heredoc, values: Mapping[str, str]) -> Excerpt:
    """What the reader of a heredoc gets: the body without its tabs, escapes and known variables."""
    body = code.cut(*heredoc.body)
    if heredoc.delimiter.may_be_indented:
        body = Excerpt.join(
            line.cut(len(line.text) - len(line.text.lstrip("\t")), len(line.text)) for line in body.lines()
        )
    return body if heredoc.delimiter.is_quoted else Excerpt.join(_expanded(body, values))


def _expanded(body: Excerpt, values: Mapping[str, str]) -> Iterator[Excerpt]:
    at = 0
    for match in _EXPANDED.finditer(body.text):
        escaped = match["escaped"]
        value = escaped.strip("\n") if escaped else values.get(match["braced"] or match["plain"])
        if value is not None:
            yield body.cut(at, match.start())
            yield Excerpt.written_for(value, body.span(*match.span()))
            at = match.end()
    yield body.cut(at, len(body.text))


def _delimiter(match: re.Match[str]) -> Delimiter:
    word = match["word"]
    return Delimiter(_QUOTING.sub(r"\1", word), bool(match["dash"]), bool(_QUOTING.search(word)))


class _Lines:
    """The lines of a text, by what they are, so that the one that ends a heredoc is found at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: dict[str, list[tuple[int, int]]] = {}
        self.indented: dict[str, list[tuple[int, int]]] = {}
        at = 0
        for line in text.split("\n"):
            place = at, min(at + len(line) + 1, len(text))
            self.starts.setdefault(line, []).append(place)
            self.indented.setdefault(line.lstrip("\t"), []).append(place)
            at += len(line) + 1

    def first(self, delimiter: Delimiter, at: int) -> tuple[int, int] | None:
        """Where the first line from an index on begins and ends that ends a heredoc; None if there is none."""
        places = (self.indented if delimiter.may_be_indented else self.starts).get(delimiter.text, [])
        index = bisect_left(places, (at, at))
        return places[index] if index < len(places) else None
