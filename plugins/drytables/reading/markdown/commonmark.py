"""The code in a page that CommonMark, or what is made from it, reads.

What is a fence, and how far it goes, is what markdown-it-py says. What is added to that is for the Markdown that people
write: code in the tags of site builders, admonitions and tabs, directives of MyST; fences within HTML, which they do
not see as code, are read and reported. An open fence swallows all that follows: it is reported, and what is in it is
read as its author meant it.
"""

from __future__ import annotations

from collections.abc import Callable

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.source import Source, Span
from ..code_spans import code_spans
from ..excerpt import Excerpt
from ..fence import Fence, Kind
from ..snippets import Snippets
from .attributes import Info, read_info
from .blocks import Block, Text
from .components import child, value_of
from .dialect import Dialect
from .directives import directive_name, is_of_code, is_of_markdown, language_of, without_options
from .fence_marks import check_marks
from .invisible_fences import in_html, open_fence
from .lines import Line, block_of, body_start, read_lines
from .meant_fences import meant_fences
from .pre_html import language_of_pre, without_markup
from .raw_html import contains_nothing_to_read, is_raw

#: How deep Markdown within code is read: that of a directive in a directive, and so on.
_DEEPEST = 10


def read_commonmark(source: Source, dialect: Dialect) -> Snippets:
    """All code in the body of a page."""
    lines = read_lines(source)
    page = _Page(source, lines, dialect)
    begin = body_start(lines)
    if begin < len(lines):
        page.read(Excerpt.of(source, Span(lines[begin].span.start, len(source.text))), dialect, "page")
    return Snippets(tuple(page.fences), tuple(page.diagnostics), tuple(page.spans))


class _Page:
    """Goes through the blocks of a page, and of Markdown within them."""

    def __init__(self, source: Source, lines: list[Line], dialect: Dialect) -> None:
        self.source = source
        self.lines = lines
        self.dialect = dialect
        self.fences: list[Fence] = []
        self.diagnostics: list[Diagnostic] = []
        self.spans: list[Excerpt] = []
        self.depth = 0
        #: why the fence whose mark has a span is not seen, while those are read that are not
        self.unseen: Callable[[Span], Diagnostic] | None = None

    def read(self, markdown: Excerpt, dialect: Dialect, whole: str) -> None:
        """Read Markdown, which is the whole of something."""
        text = Text(markdown)
        readers = {
            "fence": self.fence, "indented": self.indented, "tag": self.tag, "html": self.html, "prose": self.prose,
        }  # fmt: skip
        for block in text.blocks(dialect):
            readers[block.kind](block, text, whole)

    def within(self, markdown: Excerpt, dialect: Dialect, whole: str) -> bool:
        """Read Markdown within a block, unless that is too deep; returns whether there was any fence in it."""
        before = len(self.fences)
        if self.depth < _DEEPEST:
            self.depth += 1
            self.read(markdown, dialect, whole)
            self.depth -= 1
        return len(self.fences) > before

    def prose(self, block: Block, text: Text, whole: str) -> None:
        """Keep the commands within sentences."""
        if "tables" in block.code.text:
            for line in block.code.lines():
                self.spans += code_spans(line)

    def indented(self, block: Block, text: Text, whole: str) -> None:
        """Read indented code."""
        lines = self.lines_of(block.first, block.after, text)
        content = block_of(self.source, lines)
        nothing = Span(content.start, content.start)
        self.fences.append(Fence("indented", "", {}, nothing, content, content, lines[0].number, block.code))

    def tag(self, block: Block, text: Text, whole: str) -> None:
        """Read the code in a tag."""
        tag = block.tag
        if tag is None or tag.is_hidden:
            return
        code, language = block.code, tag.language
        if tag.kind == "component":
            is_whole = tag.words.endswith("/")
            read = value_of(code) if is_whole else child(code) or without_markup(code)
            if read is None:
                return
            code = read
        elif tag.kind == "pre":
            language = language_of_pre(code.text)
            code = child(code) or without_markup(code)
        elif tag.kind == "directive":
            language = language_of("{" + tag.words)
            code = without_options(code.cut(code.text.find("\n") + 1, len(code.text)))
        self.keep("pre", language, code, block, text)

    def keep(self, kind: Kind, language: str, code: Excerpt, block: Block, text: Text) -> None:
        """Keep the code of a block that is not a fence."""
        lines = self.lines_of(block.first, block.after, text)
        content = block.code.span(0, len(block.code.text))
        nothing = Span(content.start, content.start)
        extent = block_of(self.source, lines)
        self.fences.append(Fence(kind, language, {}, nothing, content, extent, lines[0].number, code))

    def html(self, block: Block, text: Text, whole: str) -> None:
        """Read the code in HTML: fences in it are published as they were typed."""
        html = block.code.text
        if contains_nothing_to_read(html) or not (_has_fence(html) or "tables" in html):
            return
        kept = self.unseen
        if is_raw(html):
            opening = self.lines_of(block.first, block.first + 1, text)[0]
            self.unseen = lambda mark: in_html(self.source, opening, mark)
        self.within(block.code, "mdx", "HTML")
        self.unseen = kept

    def fence(self, block: Block, text: Text, whole: str) -> None:
        """Read a fence; one that is open, as its author meant it."""
        end = text.extent(block.first)[1]
        info_span = text.excerpt.span(end - len(block.info), end)
        mark_start = end - len(block.info) - len(block.mark)
        mark = text.excerpt.span(mark_start, mark_start + len(block.mark))
        if block.is_closed and self.is_markdown(block):
            return
        info = read_info(block.info, info_span.start, self.dialect) or Info("", ())
        if directive_name(block.info):
            info = self.info_of_directive(block, info)
        if block.is_closed:
            code = without_options(block.code) if is_of_code(directive_name(block.info)) else block.code
            self.take(info, info_span, mark, code, (block.first, block.after, True), text)
            return
        self.unclosed(block, info, info_span, mark, text, whole)

    def is_markdown(self, block: Block) -> bool:
        """Read a fence that contains Markdown; returns whether it does."""
        name = directive_name(block.info)
        if not name or is_of_code(name):
            return False
        is_for_sure = is_of_markdown(name)
        if not is_for_sure and not _has_fence(block.code.text):
            return False
        return self.within(without_options(block.code), self.dialect, "directive") or is_for_sure

    def info_of_directive(self, block: Block, info: Info) -> Info:
        """What an info string says that begins with a directive: none of its words is a mark."""
        name = directive_name(block.info)
        return Info(language_of(block.info) if is_of_code(name) else name, ())

    def unclosed(self, block: Block, info: Info, info_span: Span, mark: Span, text: Text, whole: str) -> None:
        """Read a fence that no line closes, and those which it swallows."""
        diagnostic = open_fence(mark, block.mark, block.around or whole)
        swallowed = block_of(self.source, self.lines_of(block.first, block.after, text))
        for number, meant in enumerate(meant_fences(block.code, block.mark, block.info)):
            first, after = block.first + meant.first, block.first + meant.after
            if number:
                inner = text.extent(first)[1] - len(meant.info)
                info_span = text.excerpt.span(inner, inner + len(meant.info))
                mark = text.excerpt.span(inner - len(meant.mark), inner)
                info = read_info(meant.info, info_span.start, self.dialect) or Info("", ())
            extent = first, after, meant.is_closed
            self.take(info, info_span, mark, meant.code, extent, text, None if number else (diagnostic, swallowed))

    def take(
        self,
        info: Info,
        info_span: Span,
        mark: Span,
        code: Excerpt,
        extent: tuple[int, int, bool],
        text: Text,
        slip: tuple[Diagnostic, Span] | None = None,
    ) -> None:
        """Keep a fence with the extent of its lines, the last of which may close it."""
        first, after, is_closed = extent
        block = block_of(self.source, self.lines_of(first, after, text))
        inside = self.lines_of(first + 1, after - is_closed, text)
        after_opening = min(info_span.end + 1, block.end)
        content = block_of(self.source, inside) if inside else Span(after_opening, after_opening)
        marks = {each.key: each for each in info.marks}
        diagnostic, swallowed = slip or (None, None)
        if self.unseen is not None:
            diagnostic = self.unseen(mark)
        else:
            self.diagnostics += check_marks(info)
        line = self.source.position(block.start)[0]
        self.fences.append(
            Fence(
                "fence", info.language, marks, info_span, content, block, line, code, self.unseen is None, diagnostic,
                swallowed,
            )
        )  # fmt: skip

    def lines_of(self, first: int, after: int, text: Text) -> list[Line]:
        """The lines of the page in which some lines of a text are."""
        if after <= first:
            return []
        begin, end = text.extent(first)[0], text.extent(after - 1)[1]
        number = self.source.position(text.excerpt.span(begin, begin).start)[0] - 1
        last = self.source.position(text.excerpt.span(end, end).start)[0] - 1
        return self.lines[number : last + 1]


def _has_fence(text: str) -> bool:
    return "```" in text or "~~~" in text
