"""The code in a Jupyter notebook: that of its Markdown cells, and what its code cells give to a shell.

That is a line after `!`, and a cell that begins with `%%bash` or the like; of a notebook whose kernel is a shell, each
code cell. See the documentation of IPython, "Built-in magic commands".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagnostics.diagnostic import Diagnostic, Edit, Label
from ...diagnostics.source import Source, Span
from ..excerpt import Excerpt
from ..fence import Fence, Mark
from ..markdown.fences import read_fences
from ..names import SHELL
from ..pattern import pattern
from ..snippets import Snippets
from .json_strings import Cell, cells_of, text_of

#: A cell that is all shell.
_SHELL_CELL = pattern(rf"\s*%%(?:!|(?:bash|sh|sx|system|script[ ]+(?:--\S+[ ]+)*(?:/[\w./-]*/)?{SHELL})\b)[^\n]*\n")
#: What stands before the words of a line that a shell is given: a variable that takes its output, and the sign.
_SHELL_LINE = pattern(r"(?:[ \t]*(?:[A-Za-z_][\w, ]*=[ \t]*)?(?:!!?|%(?:sx|system)\b)[ \t]*)")
#: A notebook whose code is shell, not Python.
_SHELL_KERNEL = pattern(r'"(?:language|name)":\s*"(?:bash|sh|zsh)"')


def read_notebook(source: Source) -> Snippets:
    """All code in a notebook, in the order of its cells."""
    fences: list[Fence] = []
    diagnostics: list[Diagnostic] = []
    spans: list[Excerpt] = []
    is_shell = bool(_SHELL_KERNEL.search(source.text))
    for cell in cells_of(source):
        text = text_of(source, cell.strings)
        if cell.kind == "markdown":
            page = read_fences(Source(source.path, f"\n{text.text}"), "commonmark")
            places = _Places(source, text, 1)
            fences += (places.fence(each) for each in page.fences)
            diagnostics += (places.diagnostic(each) for each in page.diagnostics)
            spans += (places.excerpt(each) for each in page.spans)
        elif cell.kind == "code" and text.text:
            fences += _code_cell(source, cell, text, is_shell=is_shell)
    return Snippets(tuple(fences), tuple(diagnostics), tuple(spans))


def _code_cell(source: Source, cell: Cell, text: Excerpt, *, is_shell: bool) -> Iterator[Fence]:
    """The part of a code cell that a shell reads, as one piece of code."""
    whole = _SHELL_CELL.match(text.text)
    if whole or is_shell:
        code = text.cut(whole.end() if whole else 0, len(text.text))
    elif "!" in text.text or "%" in text.text:
        code = Excerpt.join(_shell_lines(text))
    else:
        return
    if code.text.strip():
        content = text.span(0, len(text.text))
        block = Span(cell.strings[0].start, cell.strings[-1].end)
        line = source.position(block.start)[0]
        yield Fence("fence", "sh", {}, Span(content.start, content.start), content, block, line, code)


def _shell_lines(text: Excerpt) -> Iterator[Excerpt]:
    """The lines that a shell is given; of others, their ends."""
    goes_on = False
    for line in text.lines():
        match = _SHELL_LINE.match(line.text)
        if match or goes_on:
            yield line.cut(match.end() if match and not goes_on else 0, len(line.text))
            goes_on = line.text.endswith("\\\n")
        elif line.text.endswith("\n"):
            yield line.cut(len(line.text) - 1, len(line.text))


class _Places:
    """Turns places in a cell's text, after so many characters that are not in it, into places in the file."""

    def __init__(self, source: Source, text: Excerpt, before: int) -> None:
        self.source = source
        self.text = text
        self.before = before

    def span(self, span: Span) -> Span:
        low, high = (max(at - self.before, 0) for at in span)
        return self.text.span(low, high)

    def excerpt(self, code: Excerpt) -> Excerpt:
        starts = tuple(self.text.starts[max(at - self.before, 0)] for at in code.starts)
        ends = tuple(self.text.ends[max(at - 1 - self.before, 0)] for at in code.ends)
        return Excerpt(code.text, starts, ends)

    def label(self, label: Label) -> Label:
        return Label(self.span(label.span), label.text)

    def diagnostic(self, found: Diagnostic) -> Diagnostic:
        """A diagnostic without its edits: they would write text that is not JSON."""
        causes = tuple(self.label(each) for each in found.causes)
        edits = tuple(Edit(self.span(each.span), each.replacement) for each in found.edits)
        return found._replace(label=self.label(found.label), causes=causes, edits=edits)

    def fence(self, fence: Fence) -> Fence:
        block = self.span(fence.block)
        marks = {
            key: Mark(mark.key, mark.value, self.span(mark.key_span), self.span(mark.value_span))
            for key, mark in fence.marks.items()
        }
        return replace(
            fence,
            marks=marks,
            info=self.span(fence.info),
            content=self.span(fence.content),
            block=block,
            line=self.source.position(block.start)[0],
            code=self.excerpt(fence.code),
            diagnostic=self.diagnostic(fence.diagnostic) if fence.diagnostic else None,
            swallowed=self.span(fence.swallowed) if fence.swallowed else None,
        )


def place_in_cells(source: Source) -> Iterator[tuple[Span, str]]:
    """Each line of each cell: where it stands in the file, and its place as readers of the notebook see it."""
    for number, cell in enumerate(cells_of(source), start=1):
        text = text_of(source, cell.strings)
        at = 0
        for line_number, line in enumerate(text.lines(), start=1):
            yield text.span(at, at + len(line.text)), f"line {line_number} of cell {number}"
            at += len(line.text)
