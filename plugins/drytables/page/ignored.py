"""Comments that switch a code off for the fence below them: `<!-- drytables-ignore bad-value: what it shows -->`.

They are written as each format writes comments: `<!-- -->` in Markdown, `{/* */}` in MDX, `..` in reStructuredText and
`//` in AsciiDoc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..diagnostics.codes.every import CODES
from ..diagnostics.codes.page import BAD_IGNORE, UNUSED_IGNORE
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span
from ..judging.suggestions import nearest
from ..reading.fence import Fence
from .report import Report
from .sifting import sifted

_WORD = "drytables-ignore"
_COMMENT = re.compile(
    rf"(?:<!--|\{{/\*|^[ \t]*(?:\.\.|//)(?=[ \t]))[ \t]*{_WORD}\b(?P<codes>[^:\n]*?)"
    r"(?::(?P<reason>[^\n]*?))?(?=[ \t]*(?:--+>|\*/\}|$))[ \t]*(?:--+>|\*/\})?",
    re.MULTILINE,
)
#: What may be between a comment and its fence: blanks, quote marks, the ends of lines in a notebook, and the lines that
#: AsciiDoc has above a block.
_BETWEEN = re.compile(r"""(?:[\s>",]|\\n|\[[^\]\n]*\])*""")
_WRITE = f"write it as in <!-- {_WORD} bad-value: the reason -->"


@dataclass(frozen=True, slots=True)
class _Comment:
    """One comment: where it is, its codes with their places, its reason, and the code below it, if there is any."""

    span: Span
    codes: tuple[tuple[str, Span], ...]
    reason: str
    fence: Fence | None


def with_ignored(report: Report) -> Report:
    """A report without what comments switch off, and with what is wrong with these comments."""
    if _WORD not in report.source.text:
        return report
    fences = [snippet.fence for snippet in report.snippets]
    comments = list(_comments(report.source, fences))
    off = {
        (code, each.fence.block)
        for each in comments
        if each.fence is not None and each.reason
        for code, _ in each.codes
    }
    used: set[tuple[str, Span]] = set()

    def left(found: Diagnostic) -> Diagnostic | None:
        for code, block in off:
            if found.code == code and found.span.starts_in(block):
                used.add((code, block))
                return None
        return found

    report = sifted(report, left, "ignored")
    wrong = tuple(fault for each in comments for fault in _faults(each, used))
    return replace(report, diagnostics=(*report.diagnostics, *wrong))


def _comments(source: Source, fences: Sequence[Fence]) -> Iterator[_Comment]:
    """The comments of a text, but for those that are shown in code."""
    for match in _COMMENT.finditer(source.text):
        if any(fence.block.start <= match.start() < fence.block.end for fence in fences):
            continue
        between = _BETWEEN.match(source.text, match.end())
        start = between.end() if between else match.end()
        below = next((each for each in fences if match.end() <= each.block.start <= start < each.block.end), None)
        words = re.finditer(r"[^\s,]+", match["codes"])
        base = match.start("codes")
        codes = tuple((word[0], Span(base + word.start(), base + word.end())) for word in words)
        yield _Comment(Span(*match.span()), codes, (match["reason"] or "").strip(), below)


def _faults(comment: _Comment, used: set[tuple[str, Span]]) -> Iterator[Diagnostic]:
    if not comment.codes:
        yield Diagnostic(BAD_IGNORE, "this comment names no code", Label(comment.span), help=_WRITE)
    elif not comment.reason:
        yield Diagnostic(BAD_IGNORE, "this comment gives no reason", Label(comment.span), help=_WRITE)
    for code, span in comment.codes:
        if code not in CODES:
            meant = nearest(code, CODES)
            help = f"did you mean `{meant}`?" if meant else "`drytables codes` lists them"
            yield Diagnostic(BAD_IGNORE, f"unknown code `{code}`", Label(span), help=help)
        elif comment.reason and comment.fence is None:
            message = "there is no code right below this comment"
            yield Diagnostic(UNUSED_IGNORE, message, Label(span), help="remove it", severity="warning")
        elif comment.reason and comment.fence is not None and (code, comment.fence.block) not in used:
            message = f"nothing is found with `{code}` in the code below"
            yield Diagnostic(UNUSED_IGNORE, message, Label(span), help="remove it", severity="warning")
