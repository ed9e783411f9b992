"""What a patch leaves in a file: its context and its added lines, without the column in front of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..diagnostics.source import Span
from .excerpt import Excerpt
from .pattern import pattern
from .shell.prompts import has_prompt

_LANGUAGES = frozenset({"diff", "patch", "udiff", "gitdiff", "git-diff"})
#: The line before a part of a file: `@@ -1,4 +1,5 @@` of unified patches, `12a13,14` of plain ones.
_HUNK = pattern(r"@@+[ \t]-\d+(?:,\d+)?[ \t]|\d+(?:,\d+)?[acd]\d+(?:,\d+)?[ \t]*$|\*{15}[ \t]*$|@@+(?:[ \t]|$)")
_CERTAIN_HUNK = pattern(r"^@@+[ \t]-\d+(?:,\d+)?[ \t]\+\d+(?:,\d+)?[ \t]@@", re.MULTILINE)
#: The two lines that name the file before and after, where the line of the hunk is left out.
_CERTAIN_FILES = pattern(r"^---[ \t]+\S[^\n]*\n\+\+\+[ \t]+\S", re.MULTILINE)
#: What stands between two files.
_HEADER = pattern(
    r"(?:diff|index|Index:|Only in|old mode|new mode|new file|deleted file|similarity|rename|Binary)[ \t:]"
    r"|(?:---|\+\+\+|\*\*\*)[ \t]\S|={20,}|\\[ \t]"
)
_FILE = pattern(r"\+\+\+[ \t]\S|diff[ \t]|Index:")
_BEGINS = pattern(rf"(?:{_HUNK.pattern})|(?:{_FILE.pattern})|---[ \t]\S")
#: How plain patches mark a line that is added, and one that is removed.
_ADDED, _REMOVED = "> ", "< "


class Patched(NamedTuple):
    """Code as a patch leaves it, and which stretches of the source are patches."""

    code: Excerpt
    spans: tuple[Span, ...] = ()


def patched(code: Excerpt, language: str) -> Patched:
    """The code of a fence without what patches remove, and without the column in front of what they leave.

    All of it is a patch if the language says so; otherwise what follows the line before a hunk is one, up to the next
    prompt. Between two hunks something of the file is left out, and so is marked with an ellipsis.
    """
    is_declared = language in _LANGUAGES or language.startswith("diff-")
    if not is_declared and not (_CERTAIN_HUNK.search(code.text) or _CERTAIN_FILES.search(code.text)):
        return Patched(code)
    lines, within = code.lines(), is_declared
    is_plain = not any(line.text.startswith(("+", "@@")) for line in lines)
    width = 1 + (is_declared and _is_set_off([line.text for line in lines]))
    pieces: list[Excerpt] = []
    spans: list[Span] = []
    for line in lines:
        if not is_declared:
            within = (within or bool(_BEGINS.match(line.text))) and not has_prompt(line.text)
        pieces.append(_left(line, is_plain=is_plain, width=width) if within else line)
        if within:
            here = line.span(0, len(line.text))
            touches = bool(spans) and spans[-1].end == here.start
            spans[-1:] = [spans[-1].to(here)] if touches else [*spans[-1:], here]
    return Patched(Excerpt.join(pieces), tuple(spans))


def _is_set_off(lines: list[str]) -> bool:
    """Whether an author who typed a patch by hand put a blank after each sign, and as much before the other lines."""
    rest = [line for line in lines if line.strip("+- \t\n") and not (_HUNK.match(line) or _HEADER.match(line))]
    return bool(rest) and all(line.startswith(("+ ", "- ", "  ")) for line in rest)


def _left(line: Excerpt, *, is_plain: bool, width: int) -> Excerpt:
    """What is left of one line of a patch without its first `width` columns; of `is_plain` ones, as diff writes them
    without options, lines after `>`.
    """
    text = line.text
    end = line.cut(len(text) - text.endswith("\n"), len(text))
    if _HUNK.match(text) or _FILE.match(text):
        return Excerpt.join((Excerpt.written_for("…", line.span(0, len(text) - text.endswith("\n"))), end))
    if text.startswith("-") or _HEADER.match(text):
        return end
    if is_plain and text.startswith((_ADDED, _REMOVED)):
        return line.cut(len(_ADDED), len(text)) if text.startswith(_ADDED) else end
    return line.cut(min(width, len(text) - text.endswith("\n")), len(text)) if text.startswith(("+", " ")) else line
