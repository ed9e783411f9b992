"""Comments that switch a code off for the code below them: `<!-- drytables-ignore bad-value: what it shows -->`.

They are written as each format writes comments: `<!-- -->` in Markdown, `{/* */}` in MDX, `..` in reStructuredText and
`//` in AsciiDoc. They hold for the fence right below, and for the commands within the sentences of the paragraph that
they stand in, or right above. In a cell of a notebook, `# drytables-ignore` holds for the code of that cell, and in a
file of rules for the line below.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..diagnostics.codes.every import CODES
from ..diagnostics.codes.page import BAD_IGNORE, UNUSED_IGNORE
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Span
from ..judging.suggestions import nearest
from ..reading.pattern import pattern
from .report import Report
from .sifting import sifted

_WORD = "drytables-ignore"
_COMMENT = pattern(
    rf"(?:<!--|\{{/\*|^[ \t]*(?:\.\.|//)(?=[ \t]))[ \t]*{_WORD}\b(?P<codes>[^:\n]*?)"
    r"(?::(?P<reason>[^\n]*?))?(?=[ \t]*(?:--+>|\*/\}|$))[ \t]*(?:--+>|\*/\})?",
    re.MULTILINE,
)
#: A comment in the code of a cell, as a line of a string of JSON.
_IN_CELL = pattern(
    rf'(?:(?<=")|(?<=\\n))[ \t]*#[ \t]*{_WORD}\b(?P<codes>[^:\n"\\]*)(?::(?P<reason>(?:[^"\\\n]|\\[^n\n])*))?'
)
#: A comment in a file that is all code, and a line of it that is none, nor blank.
_IN_FILE = pattern(rf"^[ \t]*#[ \t]*{_WORD}\b(?P<codes>[^:\n]*)(?::(?P<reason>[^\n]*))?", re.MULTILINE)
_LINE_OF_CODE = pattern(r"^(?=[ \t]*+[^\s#])[^\n]*", re.MULTILINE)
#: What may be between a comment and its fence: blanks, quote marks, the ends of lines in a notebook, and the lines that
#: AsciiDoc has above a block.
_BETWEEN = pattern(r"""(?:[\s>",]|\\n|\[[^\]\n]*\])*""")
#: The end of a paragraph, also in a notebook: a blank line follows.
_BREAK = pattern(r"""(?<=\[)\n|\n(?=[ \t>]*\n|[ \t]*"[ \t>]*(?:\\n)?",?[ \t]*\n|[ \t]*\][ \t]*,?[ \t]*\n)""")
_BLANK = pattern(r"""[\s>"]*""")
_WRITE = f"write it as in <!-- {_WORD} bad-value: the reason -->"


class _Part(NamedTuple):
    """What a comment is for: some code, or the commands within the sentences of a paragraph."""

    span: Span
    are_sentences: bool = False


@dataclass(frozen=True, slots=True)
class _Comment:
    """One comment: where it is, its codes with their places, its reason, and what it is for."""

    span: Span
    codes: tuple[tuple[str, Span], ...]
    reason: str
    parts: tuple[_Part, ...]


class _Spans:
    """Spans in the order of the text, of which each may be asked for by a place in it."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(set(spans))
        self.starts = [span.start for span in self.spans]

    def around(self, at: int) -> Span | None:
        """The last span that begins at a place or before, if the place is in it."""
        before = bisect_right(self.starts, at)
        return self.spans[before - 1] if before and at < self.spans[before - 1].end else None


def with_ignored(report: Report, *, is_advised: bool) -> Report:
    """A report without what comments switch off, and with what is wrong with these comments.

    `is_advised`: it has all advice, so that a comment which switches off some that is not there is one too many.
    """
    if _WORD not in report.source.text:
        return report
    sentences = _Spans(checked.command.span for checked in report.inline)
    comments = list(_comments(report, sentences))
    wanted = {(code, part) for each in comments if each.reason for code, _ in each.codes for part in each.parts}
    by_kind: dict[tuple[str, bool], list[Span]] = {}
    for code, part in wanted:
        by_kind.setdefault((code, part.are_sentences), []).append(part.span)
    off = {kind: _Spans(spans) for kind, spans in by_kind.items()}
    used: set[tuple[str, _Part]] = set()

    def left(found: Diagnostic) -> Diagnostic | None:
        at = found.span.start
        for are_sentences in (False, True):
            spans = off.get((found.code, are_sentences))
            span = spans.around(at) if spans and (not are_sentences or sentences.around(at)) else None
            if span is not None:
                used.add((str(found.code), _Part(span, are_sentences)))
                return None
        return found

    report = sifted(report, left, "ignored")
    wrong = tuple(fault for each in comments for fault in _faults(each, used, is_advised=is_advised))
    return replace(report, diagnostics=(*report.diagnostics, *wrong))


def _comments(report: Report, sentences: _Spans) -> Iterator[_Comment]:
    """The comments of a text, except for those that are shown in code."""
    text = report.source.text
    blocks = _Spans(snippet.fence.block for snippet in report.snippets)
    breaks = [match.start() for match in _BREAK.finditer(text)]
    for match in _COMMENT.finditer(text):
        if blocks.around(match.start()):
            continue
        between = _BETWEEN.match(text, match.end())
        behind = between.end() if between else match.end()
        below = blocks.around(behind)
        parts = [_Part(below)] if below is not None and match.end() <= below.start else []
        paragraph = _between(blocks, match.start(), _paragraph(text, breaks, match.span(), behind))
        first = bisect_left(sentences.starts, paragraph.start)
        if first < len(sentences.starts) and sentences.starts[first] < paragraph.end:
            parts.append(_Part(paragraph, are_sentences=True))
        yield _read(match, parts)
    fences = (snippet.fence for snippet in report.snippets)
    # Only the code of a cell has no line before it.
    cells = _Spans(each.block for each in fences if each.kind == "fence" and each.content.start == each.block.start)
    for match in _IN_CELL.finditer(text):
        cell = cells.around(match.start())
        if cell is not None:
            yield _read(match, [_Part(cell)])
    if any(snippet.fence.kind == "file" for snippet in report.snippets):
        yield from _comments_in_file(text)


def _comments_in_file(text: str) -> Iterator[_Comment]:
    """The comments of a file that is all code, each for the next line that is none."""
    lines = [Span(*match.span()) for match in _LINE_OF_CODE.finditer(text)]
    starts = [line.start for line in lines]
    for match in _IN_FILE.finditer(text):
        below = bisect_right(starts, match.end())
        yield _read(match, [_Part(lines[below])] if below < len(lines) else [])


def _read(match: re.Match[str], parts: Sequence[_Part]) -> _Comment:
    words = re.finditer(r"[^\s,]+", match["codes"])
    base = match.start("codes")
    codes = tuple((word[0], Span(base + word.start(), base + word.end())) for word in words)
    return _Comment(Span(*match.span()), codes, (match["reason"] or "").strip(), tuple(parts))


def _between(blocks: _Spans, at: int, paragraph: Span) -> Span:
    """What of a paragraph is between the code before and after a place in it: code may follow without a blank line."""
    after = bisect_right(blocks.starts, at)
    start = max(paragraph.start, blocks.spans[after - 1].end) if after else paragraph.start
    return Span(start, min([paragraph.end, *blocks.starts[after : after + 1]]))


def _paragraph(text: str, breaks: Sequence[int], comment: tuple[int, int], behind: int) -> Span:
    """The paragraph around a comment; if the comment is all of it, with the one that begins `behind` the comment."""
    before = bisect_left(breaks, comment[0])
    start = breaks[before - 1] + 1 if before else 0
    after = bisect_left(breaks, comment[1])
    if after < len(breaks) and breaks[after] < behind and _BLANK.fullmatch(text, start, comment[0]):
        after = bisect_left(breaks, behind)
    return Span(start, breaks[after] if after < len(breaks) else len(text))


def _faults(comment: _Comment, used: set[tuple[str, _Part]], *, is_advised: bool) -> Iterator[Diagnostic]:
    if not comment.codes:
        yield Diagnostic(BAD_IGNORE, "this comment names no code", Label(comment.span), help=_WRITE)
    elif not comment.reason:
        yield Diagnostic(BAD_IGNORE, "this comment gives no reason", Label(comment.span), help=_WRITE)
    for code, span in comment.codes:
        if code not in CODES:
            meant = nearest(code, CODES)
            help = f"did you mean `{meant}`?" if meant else "`drytables codes` lists them"
            yield Diagnostic(BAD_IGNORE, f"unknown code `{code}`", Label(span), help=help)
        elif comment.reason and not comment.parts:
            message = "there is no code right below this comment"
            yield Diagnostic(UNUSED_IGNORE, message, Label(span), help="remove it", severity="warning")
        elif CODES[code].on == "advice" and not is_advised:
            continue
        elif comment.reason and not any((code, part) in used for part in comment.parts):
            message = f"nothing is found with `{code}` in the code below"
            yield Diagnostic(UNUSED_IGNORE, message, Label(span), help="remove it", severity="warning")
