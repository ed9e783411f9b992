"""What readers of markup have in common if its blocks are recognized by their lines: reStructuredText and AsciiDoc."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ..diagnostics.source import Source
from .code_spans import code_spans
from .excerpt import Excerpt
from .fence import Fence
from .snippets import Snippets
from .text_lines import TextLine, read_text_lines


class LineReader(ABC):
    """Goes through the lines once; each step consumes one or more, and moves `at` past them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = read_text_lines(source)
        self.at = 0
        self.fences: list[Fence] = []
        self.spans: list[Excerpt] = []
        #: the language of code that names none
        self.language = ""

    def read(self) -> Snippets:
        """All code in the page, in order."""
        while self.at < len(self.lines):
            self.step(self.lines[self.at])
        return Snippets(tuple(self.fences), (), tuple(self.spans))

    @abstractmethod
    def step(self, line: TextLine) -> None:
        """Consume the line at `at`, with those that belong to it."""

    def note_spans(self, line: TextLine) -> None:
        """Keep the commands in the inline code of a line of text."""
        if "tables" in line.text:
            self.spans += code_spans(Excerpt.of(self.source, line.span))
