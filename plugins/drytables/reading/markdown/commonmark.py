"""Where a fence begins and ends in CommonMark (0.31.2, 4.5 and 5.2), within the list items around it.

It is closed by a fence of the same character, at least as long and with nothing after it; without one, it ends with the
quote or list item it is in, or with the page. Containers of MkDocs, footnotes and definitions count as items: the
Markdown that has them goes by the same columns.
"""

from __future__ import annotations

import re

from .invisible_fences import Opening
from .lines import LEVEL, Line, after_quotes

#: How many columns a fence, like most blocks, may be indented from its container.
_MOST_BLANKS = 3
_BULLETS = re.compile(r"[ \t]*(?:[-*+:]|\d{1,9}[.)])(?=[ \t]|$)")
_BLANKS = re.compile(r"[ \t]*+")
_CONTAINER = re.compile(r"[ \t]*(?:(?:!!!|\?\?\?\+?|===\+?)[ ]|\[\^[^\]\n]+\]:)")
_THEMATIC_BREAK = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")


class ListItems:
    """The list items around a line, each known by the column at which its content begins."""

    def __init__(self) -> None:
        self._columns: list[int] = []

    def around(self, line: Line) -> int:
        """The column at which the content of the innermost item around a non-blank line begins."""
        while self._columns and line.indent < self._columns[-1]:
            self._columns.pop()
        return self._columns[-1] if self._columns else 0

    def enter(self, line: Line) -> int:
        """Enter the items that a line opens, and return the column at which the content of the last one begins."""
        around = self.around(line)
        if _CONTAINER.match(line.text):
            self._columns.append(line.indent + LEVEL)
        elif line.indent <= around + _MOST_BLANKS and not _THEMATIC_BREAK.match(line.text):
            at = column = 0
            while bullet := _BULLETS.match(line.text, at):
                column = _column(line.text, at, bullet.end(), column)
                at = bullet.end()
                self._columns.append(_content_column(line.text, at, column))
        return self._columns[-1] if self._columns else 0


def _content_column(text: str, after_bullet: int, bullet: int) -> int:
    """The column at which an item's content begins: after up to four spaces, or after one if code or nothing follows.

    `bullet` is the column after the bullet, which ends at the index `after_bullet`.
    """
    blanks = _BLANKS.match(text, after_bullet)
    end = blanks.end() if blanks else after_bullet
    content = _column(text, after_bullet, end, bullet)
    return content if end < len(text) and content - bullet <= LEVEL else bullet + 1


def _column(text: str, start: int, end: int, column: int) -> int:
    """The column of the index `end`, given that of `start`."""
    for index in range(start, end):
        column = column // LEVEL * LEVEL + LEVEL if text[index] == "\t" else column + 1
    return column


def is_code_span(opening: Opening) -> bool:
    """Whether what looks like the opening line of a fence is a code span, since another backtick follows."""
    return opening.mark[0] == "`" and "`" in opening.line.text[len(opening.lead) + len(opening.mark) :]


def is_too_far_in(opening: Opening, around: int) -> bool:
    """Whether a line is indented too far to open a fence, the content around it beginning at the column `around`."""
    return not opening.quotes and len(opening.lead.expandtabs(LEVEL)) - around > _MOST_BLANKS


class FenceEnds:
    """Where the fences of a page end."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        #: by the character of a fence and its container: up to which line no fence of at least that length ends
        self._open_until: dict[tuple[str, int, int], tuple[int, int]] = {}

    def end(self, at: int, opening: Opening, around: int) -> tuple[int, bool]:
        """The index of the line that closes the fence opened in line `at`, or of the line after its last one.

        The second value is whether a line closes it, rather than the end of its container.
        """
        kind, length = (opening.mark[0], opening.quotes, around), len(opening.mark)
        until, least = self._open_until.get(kind, (0, 0))
        if at < until and length >= least:
            return until, False
        for index in range(at + 1, len(self._lines)):
            line = self._lines[index]
            start = after_quotes(line.text, opening.quotes)
            is_outside = line.text.count(">", 0, start) < opening.quotes
            if is_outside or (not opening.quotes and not line.is_blank and line.indent < around):
                break
            if _closes(opening, line.text[start:], around):
                return index, True
        else:
            index = len(self._lines)
        self._open_until[kind] = index, length
        return index, False


def _closes(opening: Opening, text: str, around: int) -> bool:
    """Whether a line without its quote marks closes a fence."""
    mark = text.strip(" \t")
    if len(mark) < len(opening.mark) or mark.strip(opening.mark[0]):
        return False
    blanks = len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(LEVEL))
    return blanks <= max(opening.columns, (0 if opening.quotes else around) + _MOST_BLANKS)
