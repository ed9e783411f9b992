"""The code in a page of reStructuredText: directives for code, literal blocks after `::`, and doctest sessions.

A line's column tells which block it is in. A directive's block is all that is indented more than its two dots; a
literal block, all that is indented more than the paragraph that ends with `::`. Any other block may have such blocks in
it, so that it is enough to go on with its first line. Observed with docutils 0.22 and 0.23.
"""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

from ...diagnostics.source import Source, Span
from ..fence import Fence, Kind
from ..line_reader import LineReader
from ..pattern import pattern
from ..snippets import Snippets
from ..text_lines import TextLine, code_of, least_column, span_of, without_blank_ends
from .directives import CODE, HIGHLIGHT, OTHER, PARSED
from .inline_markup import without_inline_markup

_EXPLICIT = pattern(r"\.\.(?:[ ]+|$)")
_DIRECTIVE = pattern(
    r"\.\.[ ]+(?:\|[^|]+\|[ ]+)?(?P<name>[A-Za-z0-9]+(?:[-_+:.][A-Za-z0-9]+)*)[ ]?::(?:[ ]+(?P<rest>.*)|$)"
)
#: What other explicit markup has a block of text: a footnote or a citation. Targets and comments have none.
_FOOTNOTE = pattern(r"\.\.[ ]+\[[^\]]+\](?:[ ]+|$)")
_TARGET = pattern(r"\.\.[ ]+_")
_OPTION = pattern(r":[^:\s][^:]*:(?:[ ]|$)")
#: What begins an item of a list, or a field; its text goes on in the column after it.
_BULLETS = "*+\u2022\u2023\u2043-"  # the last is no range in a set
_ITEM = pattern(rf"(?:[{_BULLETS}]|\(?(?:\d+|#|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)])[ ]+(?=\S)")
_NUMBER = pattern(r"(?P<open>\(?)(?P<number>\d{1,9}|#|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?P<close>[.)])(?=[ ]|$)")
_FIELD = pattern(r":(?![: ])(?:[^:\\]|\\.|:(?!(?:[ ]|$)))+(?<! ):(?:[ ]+|$)")
#: What the lines of an unindented literal block may begin with.
_QUOTES = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DOCTEST = pattern(r">>>(?:[ ]|$)")


def read_restructuredtext(source: Source) -> Snippets:
    """All code in a page, in order."""
    return _Reader(source).read()


class _Block(NamedTuple):
    """The lines of a block, without blank ones around them, and the index of the first line after it."""

    lines: list[TextLine]
    end: int


class _Reader(LineReader):
    """Each step consumes a paragraph, or a block of code."""

    def step(self, line: TextLine) -> None:
        if line.is_blank:
            self.at += 1
        elif not (self.explicit(line) or self.doctest(line) or self.field(line)):
            self.paragraph(line)

    def below(self, start: int, column: int) -> _Block:
        """The block from a line on of all that is indented more than a column."""
        end = start
        for index in range(start, len(self.lines)):
            line = self.lines[index]
            if not line.is_blank:
                if line.column <= column:
                    break
                end = index + 1
        return _Block(without_blank_ends(self.lines[start:end]), end)

    def explicit(self, line: TextLine) -> bool:
        """Read a directive, or step over a comment or whatever else begins with two dots."""
        words, column = line.words, line.column
        while (item := _ITEM.match(words)) is not None and _EXPLICIT.match(words, item.end()):
            words, column = words[item.end() :], column + item.end()
        if not _EXPLICIT.match(words):
            return False
        directive = _DIRECTIVE.match(words)
        name = directive["name"].lower().rpartition(":")[2] if directive else ""
        if name in CODE | PARSED:
            self.code(line, name, (directive["rest"] or "") if directive else "", column)
        elif name in OTHER or (directive and words.startswith(".. |")):
            if name == HIGHLIGHT and directive:
                self.language = _language((directive["rest"] or "").strip())
            self.at = self.below(self.at + 1, column).end
        elif directive:
            self.text_behind(line, directive["rest"] or "", column)
        elif footnote := _FOOTNOTE.match(words):
            self.text_behind(line, words[footnote.end() :], column)
        else:
            self.comment(words, column)
        return True

    def comment(self, words: str, column: int) -> None:
        """Step over a comment. Two dots alone, with a blank line below, are all of one; a target goes up to one."""
        self.at += 1
        end = self.below(self.at, column).end
        if words == ".." or _TARGET.match(words):
            blank = next((at for at in range(self.at, end) if self.lines[at].is_blank), end)
            end = blank if words != ".." or blank == self.at else end
        self.at = end

    def code(self, line: TextLine, name: str, rest: str, column: int) -> None:
        """Read the block of a directive for code: its options up to the first blank line, and then the code."""
        block = self.below(self.at + 1, column)
        index = self.at + 1
        self.at = block.end
        lines = self.lines[index : block.end]
        columns = least_column(lines)
        has_content_only = name in PARSED and (rest.strip() or (lines and not _is_option(lines[0])))
        if not has_content_only:
            head = next((at for at, each in enumerate(lines) if each.is_blank), len(lines))
            arguments = [*takewhile(lambda each: not _is_option(each), lines[:head])]
            rest = " ".join((rest, *(each.words for each in arguments)))
            if name in CODE and len(rest.split()) > 1 and not _OPTION.match(rest.strip()):
                return  # it takes one argument, and shows an error in the place of its code
            lines = lines[head:]
        lines = without_blank_ends(lines)
        language = _language(rest) or self.language
        if lines:
            self.take("fence", language, line, lines, columns, is_parsed=name in PARSED)

    def doctest(self, line: TextLine) -> bool:
        """Read a session of Python, up to the next blank line."""
        if not _DOCTEST.match(line.words):
            return False
        end = self.at
        while end < len(self.lines) and not self.lines[end].is_blank and self.lines[end].column >= line.column:
            end += 1
        lines = self.lines[self.at : end]
        self.at = end
        self.take("indented", "pycon", line, lines, line.column)
        return True

    def text_behind(self, line: TextLine, text: str, column: int) -> None:
        """Step over a directive or footnote with text in it; the first line may follow its name directly."""
        block = self.below(self.at + 1, column)
        self.note_spans(line)
        self.at += 1
        if not block.lines or not text.strip():
            return
        if not self.lines[self.at].is_blank:
            self.paragraph(self.lines[self.at], is_one_line=False)
        elif text.rstrip().endswith("::"):
            self.literal(line, least_column(block.lines))

    def field(self, line: TextLine) -> bool:
        """Step over the first line of a field, whose text is indented as the lines below it are."""
        match = _FIELD.match(line.words)
        if match:
            self.text_behind(line, line.words[match.end() :], line.column)
        return match is not None

    def paragraph(self, line: TextLine, *, is_one_line: bool = True) -> None:
        """Step over a paragraph, and read the literal block that it announces; it may have begun in the line before."""
        last, column = line, self.column_of_text(line) if is_one_line else line.column
        while self.at + 1 < len(self.lines) and self.goes_on(column):
            self.note_spans(last)
            self.at += 1
            last, is_one_line = self.lines[self.at], False
        self.note_spans(last)
        self.at += 1
        # What is indented right below a single line defines it.
        is_over = self.at < len(self.lines) and (self.lines[self.at].is_blank or not is_one_line)
        if last.words.endswith("::") and is_over:
            self.literal(last, column)

    def goes_on(self, column: int) -> bool:
        """Whether the next line is more of the paragraph whose text is in a column."""
        following = self.lines[self.at + 1]
        return not following.is_blank and following.column == column

    def column_of_text(self, line: TextLine) -> int:
        """The column at which the text of a line begins, after the signs of the lists that it is in.

        A number is none if the next line goes on below it without the next number: a paragraph just begins with it.
        """
        words, column = line.words, line.column
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else line
        is_level = not following.is_blank and following is not line and following.column == column
        while (item := _ITEM.match(words)) is not None:
            if is_level and words[0] not in _BULLETS and not _is_next_item(words, following.words):
                break
            words, column = words[item.end() :], column + item.end()
        return column

    def literal(self, announced: TextLine, column: int) -> None:
        """Read the block after a paragraph that ends with `::`: indented, or with the same sign before each line."""
        start = self.at
        while start < len(self.lines) and self.lines[start].is_blank:
            start += 1
        if start == len(self.lines):
            return
        first = self.lines[start]
        if first.column > column:
            block = self.below(start, column)
        elif first.column == column and first.words[0] in _QUOTES:
            end = start
            while end < len(self.lines) and self.is_quoted(self.lines[end], first):
                end += 1
            block = _Block(self.lines[start:end], end)
        else:
            return
        self.at = block.end
        self.take("indented", self.language, announced, block.lines, least_column(block.lines))

    def is_quoted(self, line: TextLine, first: TextLine) -> bool:
        """Whether a line belongs to the literal block that a line begins which is not indented."""
        return not line.is_blank and line.column == first.column and line.words[0] == first.words[0]

    def take(
        self,
        kind: Kind,
        language: str,
        opening: TextLine,
        lines: list[TextLine],
        columns: int,
        *,
        is_parsed: bool = False,
    ) -> None:
        """Keep a piece of code, which is indented by some columns."""
        code = code_of(self.source, lines, columns)
        content = span_of(self.source, lines)
        block = Span(min(opening.span.start, content.start), content.end)
        info = Span(opening.span.end, opening.span.end)
        code = without_inline_markup(code) if is_parsed else code
        self.fences.append(Fence(kind, language, {}, info, content, block, opening.number, code))


def _is_option(line: TextLine) -> bool:
    return bool(_OPTION.match(line.words))


def _is_next_item(words: str, following: str) -> bool:
    """Whether a line that begins with a number or letter is followed by the item with the next one, or with `#`."""
    this, after = _NUMBER.match(words), _NUMBER.match(following)
    if this is None or after is None or (this["open"], this["close"]) != (after["open"], after["close"]):
        return False
    number, next_number = this["number"], after["number"]
    if next_number == "#":
        return True
    if number.isdecimal():
        return next_number.isdecimal() and int(next_number) == int(number) + 1
    if len(number) == len(next_number) == 1 and number not in "iI":
        return number != "#" and ord(next_number) == ord(number) + 1
    return number != "#" and next_number.isalpha() and number.isupper() == next_number.isupper()


def _language(rest: str) -> str:
    """The language that a directive names, as a fence would."""
    language = rest.split()[0] if rest.split() and not _OPTION.match(rest.strip()) else ""
    return "" if language in ("default", "guess") else language
