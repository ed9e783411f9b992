"""Where code ends a paragraph: Python-Markdown leaves it inside, as `<p>…<div>`, which no browser keeps together."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

#: The placeholder for a finished block of HTML.
_DONE = re.compile(re.escape(HTML_PLACEHOLDER).replace("%s", r"\d+"))


class EndOfParagraph(BlockProcessor):
    """Makes a block of each line that stands for finished HTML; `only_first` looks at the first line alone."""

    def __init__(self, parser: Any, *, only_first: bool) -> None:
        super().__init__(parser)
        self.only_first = only_first

    def test(self, parent: Element, block: str) -> bool:
        """Whether such a line shares a block with others, even with an empty one."""
        if HTML_PLACEHOLDER[0] not in block or "\n" not in block:
            return False
        lines = block.rstrip("\n").split("\n")
        return any(map(_is_done, lines[:1] if self.only_first else lines))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the pieces of the first block in its place."""
        pieces: list[str] = []
        for is_done, group in groupby(blocks.pop(0).rstrip("\n").split("\n"), key=_is_done):
            lines = [*group]
            pieces += [line.strip() for line in lines] if is_done else ["\n".join(lines)]
        blocks[0:0] = pieces


def _is_done(line: str) -> bool:
    return _DONE.fullmatch(line.strip()) is not None


class FootnotesAfterCode(Treeprocessor):
    """Gives the link back from a footnote a paragraph of its own where code ends the note."""

    def run(self, root: Element) -> None:
        """Divide every such paragraph below `root`, in place."""
        for parent in root.iter("li"):
            last = parent[-1] if len(parent) else None
            done = _DONE.match(last.text or "") if last is not None and last.tag == "p" and len(last) else None
            if last is not None and done:
                code = Element("p")
                code.text = done[0]
                last.text = (last.text or "")[done.end() :].lstrip("\xa0\n")
                parent.insert(len(parent) - 1, code)
