"""The blocks of a text that may hold code, as markdown-it-py finds them, each with its place in that text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.token import Token

from ..excerpt import Excerpt
from .containers import container
from .dialect import Dialect
from .lines import after_quotes
from .tags import Tag, tag

#: What a block is: a fence, indented code, the code of a tag, raw HTML, or a paragraph, heading or title.
BlockKind = Literal["fence", "indented", "tag", "html", "prose"]
#: What a fence that no line closes goes to the end of.
Around = Literal["quote", "item"]

_KINDS: dict[str, BlockKind] = {
    "fence": "fence", "code_block": "indented", "tag": "tag", "html_block": "html", "inline": "prose",
}  # fmt: skip
_AROUND: dict[str, Around] = {"blockquote_open": "quote", "list_item_open": "item", "container_open": "item"}


class Block(NamedTuple):
    """One block: the lines `first` up to, but not including, `after` of the text, from 0, and what is in them.

    `code` is without what the containers around it put before each line. Of a fence, `info` and `mark` are what its
    first line says, and `is_closed` whether its last line closes it; if it does not, the fence is as long as what is
    `around` it, which is nothing for the whole text.
    """

    kind: BlockKind
    first: int
    after: int
    code: Excerpt
    info: str = ""
    mark: str = ""
    is_closed: bool = True
    around: Around | None = None
    tag: Tag | None = None


class Text:
    """A text to be parsed, whose lines have their places in it."""

    def __init__(self, excerpt: Excerpt) -> None:
        self.excerpt = excerpt
        #: What the parser would make of it: it has other ideas of line ends and of the character NUL.
        self.parsed = excerpt.text.replace("\r", "\n").replace("\0", "\ufffd")
        self.starts = [0]
        at = self.parsed.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = self.parsed.find("\n", at + 1)

    def extent(self, line: int) -> tuple[int, int]:
        """Where a line begins, and where it ends before its line feed."""
        start = self.starts[line]
        return start, self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.parsed)

    def line_of(self, at: int) -> int:
        """The line of an offset."""
        return bisect_right(self.starts, at) - 1

    def blocks(self, dialect: Dialect) -> Iterator[Block]:
        """Its blocks in order, as a dialect of CommonMark has them."""
        parser, tokens = _parser(dialect), list[Token]()
        # The end of the text ends its last line, too.
        parsed = self.parsed if self.parsed.endswith("\n") else f"{self.parsed}\n"
        parser.block.parse(parsed, parser, {}, tokens)
        around: list[Around] = []
        for token in tokens:
            if token.type in _AROUND:
                around.append(_AROUND[token.type])
            elif token.type in ("blockquote_close", "list_item_close", "container_close"):
                around.pop()
            elif token.type in _KINDS and token.map is not None:
                yield self._block(token, token.map[0], token.map[1], around)

    def _block(self, token: Token, first: int, after: int, around: list[Around]) -> Block:
        kind = _KINDS[token.type]
        after = min(after, len(self.starts))
        if kind == "tag":
            return Block(kind, first, after, self._tagged(token.meta["tag"], around), tag=token.meta["tag"])
        if kind == "prose":
            return Block(kind, first, after, self._cut(self.starts[first], self.extent(after - 1)[1]))
        inside = token.content.split("\n")[:-1]
        begin = first + (kind == "fence")
        is_closed = kind != "fence" or begin + len(inside) < after
        is_whole = is_closed or after >= len(self.starts) - (not self.parsed[self.starts[-1] :])
        return Block(
            kind, first, after, self._code(begin, inside), token.info, token.markup, is_closed,
            None if is_whole or not around else around[-1],
        )  # fmt: skip

    def _code(self, first: int, lines: list[str]) -> Excerpt:
        """The code whose lines the parser has read, from a line of the text on: each is the end of one of those."""
        pieces = []
        for number, line in enumerate(lines, first):
            start, end = self.extent(number)
            own = self.parsed[start:end]
            blanks = 0
            while not own.endswith(line[blanks:]):
                blanks += 1  # of a tab, of which the container around takes a part
            cut = end - len(line) + blanks
            if blanks:
                pieces.append(Excerpt.written_for(" " * blanks, self.excerpt.span(cut - 1, cut)))
            pieces.append(self._cut(cut, end + 1))
        return Excerpt.join(pieces)

    def _tagged(self, found: Tag, around: list[Around]) -> Excerpt:
        """The text in a tag, without the marks of the quotes around it."""
        quotes = around.count("quote")
        if not quotes:
            return self._cut(found.start, found.end)
        pieces, at = [], found.start
        for line in self._cut(found.start, found.end).lines():
            begin = after_quotes(line.text, quotes) if at > found.start else 0
            pieces.append(line.cut(begin, len(line.text)))
            at += len(line.text)
        return Excerpt.join(pieces)

    def _cut(self, start: int, end: int) -> Excerpt:
        code = self.excerpt.cut(start, end)
        return Excerpt(code.text.replace("\r", "\n"), code.starts, code.ends) if "\r" in code.text else code


@cache
def _parser(dialect: Dialect) -> MarkdownIt:
    """A parser of blocks: words within them are left as they are."""
    parser = MarkdownIt("commonmark")
    ruler = parser.block.ruler
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    ruler.before("code", "tag", tag, interrupts)
    ruler.before("reference", "container", container, interrupts)
    if dialect == "mdx":
        ruler.disable(["code", "html_block"])
    return parser
