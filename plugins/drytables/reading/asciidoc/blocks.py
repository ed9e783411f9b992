"""The code in a page of AsciiDoc: listings, literal blocks and paragraphs, and fences as in Markdown.

A block begins and ends with the same line, of four signs or more; the line of attributes above it says what it is. What
has other blocks in it (examples, sidebars, quotes, tables) is gone through as if it were not there. As Asciidoctor's
documentation has it: docs.asciidoctor.org/asciidoc/latest/verbatim.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...diagnostics.source import Source, Span
from ..fence import Fence, Kind, Mark
from ..line_reader import LineReader
from ..pattern import pattern
from ..snippets import Snippets
from ..text_lines import TextLine, code_of, least_column, span_of, without_blank_ends
from .attributes import Attributes, read_attributes
from .substitutions import as_shown

_DELIMITER = pattern(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|--|`{3,})\Z")
_FENCE = pattern(r"(?P<sign>```)(?P<language>[\w#+.-]*)(?:,.*)?\Z")
_ATTRIBUTES = pattern(r"\[[^\[\]\s](?:[^\n]*)\]\Z|\[\]\Z")
_TITLE = pattern(r"\.[^\s.]")
_LANGUAGE = pattern(r":source-language:[ ]+(?P<language>\S+)")
#: What an indented line may begin with that is not literal: an item of a list, or a term.
_ITEM = pattern(r"(?:[-*\u2022]+|\.+|\d+\.|[A-Za-z]\.|[ivxIVX]+\)|<(?:\d+|\.)>)[ ]+\S|\S.*(?::{2,4}|;;)(?:[ ]|\Z)|\|")
#: What no reader sees of a line in a block: other files, and conditions.
_PREPROCESSED = pattern(r"(?:include|ifdef|ifndef|ifeval|endif)::[^\[\n]*\[[^\n]*\]\Z")
#: The styles of a paragraph, or of an open block, that is code.
_STYLES = frozenset({"source", "listing", "literal"})
#: The styles of a block that is a formula.
_FORMULAS = frozenset({"stem", "latexmath", "asciimath"})


def read_asciidoc(source: Source) -> Snippets:
    """All code in a page, in order."""
    return _Reader(source).read()


class _Reader(LineReader):
    """Each step consumes a line, or a block of code."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        #: what the lines above say of the block that comes next
        self.attributes = Attributes()
        self.opened: TextLine | None = None
        self.is_behind_blank = True

    def step(self, line: TextLine) -> None:
        if line.is_blank or line.text == "+":
            self.at += 1
            self.is_behind_blank = True
        elif not self.about_the_next(line):
            if not (self.delimited(line) or self.styled(line) or self.indented(line)):
                if not line.text.startswith("//"):
                    self.note_spans(line)
                self.at += 1
            self.attributes, self.opened, self.is_behind_blank = Attributes(), None, False

    def about_the_next(self, line: TextLine) -> bool:
        """Take in a line that says something of the block below it, or of the page."""
        language = _LANGUAGE.match(line.text)
        if language:
            self.language = language["language"]
        elif _ATTRIBUTES.match(line.text):
            self.attributes = read_attributes(self.source, line.span.within(1, len(line.text) - 1), self.attributes)
            self.opened = self.opened or line
        elif not (_TITLE.match(line.text) and not _DELIMITER.match(line.text)):
            return False
        self.at += 1
        return True

    def delimited(self, line: TextLine) -> bool:
        """Read a block between two equal lines."""
        fence = _FENCE.match(line.text)
        mark = fence["sign"] if fence else line.text
        if not _DELIMITER.match(mark):
            return False
        if mark == "--" and self.attributes.style not in _STYLES:
            self.at += 1  # an open block: what is in it is read as if it were not there
            return True
        end = next((at for at in range(self.at + 1, len(self.lines)) if self.lines[at].text == mark), len(self.lines))
        inside = self.lines[self.at + 1 : end]
        if mark[0] in "-.`" and self.attributes.style not in _FORMULAS:
            named = fence["language"] if fence else ""
            self.take("fence", line, inside, 0, named)
        self.at = end + 1
        return True

    def styled(self, line: TextLine) -> bool:
        """Read a paragraph that the line above says to be code."""
        if self.attributes.style not in _STYLES:
            return False
        self.paragraph(line, "fence")
        return True

    def indented(self, line: TextLine) -> bool:
        """Read a paragraph that is literal since its first line begins with a blank."""
        if not line.column or not self.is_behind_blank or _ITEM.match(line.words):
            return False
        self.paragraph(line, "indented")
        return True

    def paragraph(self, line: TextLine, kind: Kind) -> None:
        """Read the lines up to a blank one as code."""
        end = self.at
        while end < len(self.lines) and not self.lines[end].is_blank and self.lines[end].text != "+":
            end += 1
        inside = self.lines[self.at : end]
        self.take(kind, line, inside, least_column(inside))
        self.at = end

    def take(self, kind: Kind, opening: TextLine, lines: Sequence[TextLine], columns: int, named: str = "") -> None:
        """Keep a piece of code; `opening` is its first line, or that which delimits it."""
        full = without_blank_ends(lines)
        if not full:
            return
        code = code_of(self.source, [each for each in full if not _PREPROCESSED.match(each.text)], columns)
        content = span_of(self.source, full)
        language = named or self.attributes.language
        if not language and self.attributes.style == "source":
            language = self.language
        marks: dict[str, Mark] = self.attributes.marks
        info = self.attributes.span or Span(opening.span.end, opening.span.end)
        first = self.opened or opening
        self.fences.append(
            Fence(
                kind, language, marks, info, content, Span(first.span.start, content.end), first.number,
                as_shown(code, self.attributes.substitutions),
            )
        )  # fmt: skip
