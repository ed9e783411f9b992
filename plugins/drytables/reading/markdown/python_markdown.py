"""The code in a page that Python-Markdown reads, with its own `fenced_code` or with `superfences`.

A fence is opened by three or more backticks or tildes, followed by what `attributes` reads, and closed by exactly the
same. For `fenced_code` both are at the start of a line; `superfences` accepts one after spaces and quote marks if all
of its lines begin with them. Observed with Python-Markdown 3.11 and pymdown-extensions 12.3, against which the tests
check this reader.
"""

from __future__ import annotations

import re

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.source import Source, Span
from ..code_spans import code_spans
from ..excerpt import Excerpt
from ..fence import Fence
from ..pattern import pattern
from ..snippets import Snippets
from .attributes import Info, intended_info, read_info
from .closings import Closings
from .dialect import WITH_QUOTES, WITH_SUPERFENCES, Dialect
from .fence_marks import check_marks, lost_attributes
from .invisible_fences import Opening, unseen_fence
from .lines import LEVEL, Ends, Line, block_of, body_start, code_of, read_lines
from .nesting import Nesting
from .pre_html import language_of_pre, without_markup

_FENCE = pattern(r"(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_LEAD = pattern(r"(?P<lead>(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*+[ \t]*)")
_QUOTES = pattern(r"[ ]{0,3}>(?:[ ]{0,4}>)*[ ]?+(?=[ ]{4}[ \t]*\S|\t)")
#: `> [!NOTE]` begins a box, whose content may be code as if a blank line came before it.
_BOX = pattern(r"[ ]{0,3}>[> ]*\[![\w-]+")
_PRE = pattern(r"[ ]{0,3}(?:<\w++[^<>]*+>\s*+)*?<pre\b[^<>]*+>", re.IGNORECASE)
_PRE_END = pattern(r"</pre\s*>", re.IGNORECASE)


def read_python_markdown(source: Source, dialect: Dialect) -> Snippets:
    """All code in the body of a page."""
    return _Reader(source, dialect).read()


class _Reader:
    """Goes through the lines once; each step consumes a block and moves `at` past it."""

    def __init__(self, source: Source, dialect: Dialect) -> None:
        self.source = source
        self.dialect = dialect
        self.lines = read_lines(source)
        self.at = body_start(self.lines)
        self.fences: list[Fence] = []
        self.diagnostics: list[Diagnostic] = []
        self.spans: list[Excerpt] = []
        self.closings = Closings(self.lines)
        #: where the last comment and `<pre>` end: a missing end is searched for only once
        self.last_comment_end = source.text.rfind("-->")
        self.pre_ends = Ends(_PRE_END, source)
        self.nesting = Nesting()

    def read(self) -> Snippets:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.is_blank:
                self.nesting.begins = True
                self.at += 1
                continue
            is_taken = self.comment(line) or self.pre(line) or self.fence(line)
            if not (is_taken or self.indented(line) or self.quoted(line)):
                self.prose(line)
        return Snippets(tuple(self.fences), tuple(self.diagnostics), tuple(self.spans))

    def prose(self, line: Line) -> None:
        """Step over a line that is not code."""
        self.nesting.prose(line)
        if "tables" in line.text:
            self.spans += code_spans(Excerpt.of(self.source, line.span))
        self.at += 1

    def comment(self, line: Line) -> bool:
        """Step over an HTML comment, which no reader sees."""
        if "<!--" not in line.text or not line.text.lstrip().startswith("<!--"):
            return False
        start = line.span.start + line.text.index("<!--") + len("<!--")
        if start > self.last_comment_end:
            return False
        end = self.source.text.index("-->", start)
        self.at = self.source.position(end)[0]
        self.nesting.begins = True
        return True

    def pre(self, line: Line) -> bool:
        """Read a `<pre>` block of raw HTML."""
        opening = _PRE.match(line.text) if "<" in line.text else None
        if not opening:
            return False
        start = line.span.start + opening.end()
        closing = self.pre_ends.after(start)
        if not closing:
            return False
        end = closing.start()
        content = Span(start, end)
        language = language_of_pre(self.source.slice(content))
        code = without_markup(Excerpt.of(self.source, content))
        block = Span(line.span.start, closing.end())
        info = Span(start, start)
        self.fences.append(Fence("pre", language, {}, info, content, block, line.number, code))
        self.at = self.source.position(end)[0]
        self.nesting.block(line)
        return True

    def indented(self, line: Line) -> bool:
        """Read a block of lines indented by four columns, or by four more than the list it is in."""
        columns = self.nesting.columns
        if not self.nesting.is_code(line):
            return False
        end = self.at + 1
        for index in range(self.at, len(self.lines)):
            if self.lines[index].is_blank:
                continue
            if self.lines[index].indent < columns:
                break
            end = index + 1
        lines = self.lines[self.at : end]
        content = block_of(self.source, lines)
        code = code_of(self.source, lines, columns=columns)
        nothing = Span(content.start, content.start)
        self.fences.append(Fence("indented", "", {}, nothing, content, content, line.number, code))
        self.at = end
        self.nesting.block(line)
        self.nesting.begins = True
        return True

    def quoted(self, line: Line) -> bool:
        """Read a block of lines indented by four columns within a quote."""
        match = _QUOTES.match(line.text) if ">" in line.text else None
        if not match:
            return False
        before = self.lines[self.at - 1].text if self.at else ""
        is_below_text = before.strip(" \t>") and not (self.dialect in WITH_QUOTES and _BOX.match(before))
        if is_below_text or line.text.count(">", 0, match.end()) != (before.count(">") or 1):
            return False
        quotes = match[0].count(">")
        end = self.at
        while end < len(self.lines):
            inside = _QUOTES.match(self.lines[end].text)
            if not inside or inside[0].count(">") != quotes:
                break
            end += 1
        lines = self.lines[self.at : end]
        content = block_of(self.source, lines)
        code = code_of(self.source, lines, quotes, LEVEL)
        nothing = Span(content.start, content.start)
        self.fences.append(Fence("indented", "", {}, nothing, content, content, line.number, code))
        self.at = end
        return True

    def fence(self, line: Line) -> bool:
        """Read a fence, whether Markdown sees it or not."""
        if "```" not in line.text and "~~~" not in line.text:
            return False
        match = _LEAD.match(line.text)
        lead = match["lead"] if match else ""
        mark = _FENCE.match(line.text, len(lead))
        if not mark:
            return False
        info_span = Span(line.span.start + mark.start("info"), line.span.end)
        # A line with backticks at both ends may be code within a sentence: that an info string may hold any words does
        # not make it a fence.
        is_perhaps_span = mark["mark"][0] == "`" and "`" in mark["info"]
        is_strict = is_perhaps_span and self.dialect in WITH_SUPERFENCES
        info = read_info(mark["info"], info_span.start, "superfences" if is_strict else self.dialect)
        opening = Opening(line, lead, mark["mark"], info_span)
        is_shown_as_code = not lead.strip() and self.nesting.is_code(line)
        close = None if not info or is_shown_as_code else self.closings.of(opening, self.dialect)
        if info and close is not None:
            self.take(opening, info, close, is_closed=True)
            return True
        if is_perhaps_span:
            return False
        is_behind_prose = not lead.strip() and line.indent >= LEVEL
        if is_behind_prose and (not self.nesting.depth or line.indent >= self.nesting.columns):
            return False
        end, is_closed = self.closings.intended(opening)
        self.take(
            opening, info or intended_info(mark["info"], info_span.start), end, is_closed=is_closed, is_seen=False
        )
        return True

    def take(
        self,
        opening: Opening,
        info: Info,
        end: int,
        *,
        is_closed: bool,
        is_seen: bool = True,
    ) -> None:
        """Keep the fence from the current line through the closing line `end`, or up to it if it closes nothing."""
        inside = self.lines[self.at + 1 : end]
        after = end + is_closed
        block = block_of(self.source, self.lines[self.at : after])
        after_opening = min(opening.line.span.end + 1, block.end)
        content = block_of(self.source, inside) if inside else Span(after_opening, after_opening)
        code = code_of(self.source, inside, opening.quotes, opening.columns)
        marks = {mark.key: mark for mark in info.marks}
        if not is_seen:
            closing = self.lines[end] if is_closed else None
            diagnostic: Diagnostic | None = unseen_fence(self.source, opening, inside, closing, self.dialect)
        else:
            diagnostic = lost_attributes(info, self.dialect)
            self.diagnostics += check_marks(info)
        self.fences.append(
            Fence(
                "fence", info.language, marks, opening.info, content, block, opening.line.number, code, is_seen,
                diagnostic,
            )
        )  # fmt: skip
        self.nesting.block(opening.line)
        self.at = after
