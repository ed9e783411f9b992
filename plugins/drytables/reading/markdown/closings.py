"""Where a fence ends: at the line that closes it for Python-Markdown, or where its author meant it to end.

The search for the end of an unclosed fence runs to the end of the page. What it learns is kept for later fences that
begin within the same lines at the same depth; otherwise a page with many such fences would take quadratic time.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from .dialect import WITH_QUOTES, WITH_SUPERFENCES, Dialect
from .invisible_fences import Opening
from .lines import LEVEL, Line, split_prefix


@dataclass(slots=True)
class _Way:
    """The lines below a fence, as far as they have been scanned for `superfences`.

    `at` is the index of the next line or, if it `is_over`, of the first that cannot be in the fence; `closings` are the
    lines that would close it, by their backticks or tildes.
    """

    at: int
    was_empty: bool = False
    is_over: bool = False
    closings: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Unclosed:
    """Lines that do not close a fence of a given length, from one index up to another, and where their content ends."""

    start: int
    stop: int
    length: int
    end: int


class Closings:
    """The ends of the fences of one page; `lines` are all of its lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self._ways: dict[tuple[int, int, int], _Way] = {}
        self._unclosed: dict[tuple[str, int, int], _Unclosed] = {}
        self._identical: dict[str, list[int]] | None = None

    def of(self, opening: Opening, dialect: Dialect) -> int | None:
        """The index of the line that closes a fence, by the rules of Python-Markdown with `fenced_code` or
        `superfences`; None if it renders this as prose.
        """
        if dialect in WITH_SUPERFENCES:
            return self._below(opening, dialect in WITH_QUOTES)
        return None if opening.lead else self._identical_to(opening)

    def _below(self, opening: Opening, is_exact: bool) -> int | None:
        """The closing line for `superfences`: all lines of the fence have the prefix of the first.

        `is_exact` is set where none of them may be in fewer quotes.
        """
        if opening.lead.strip(" \t>"):
            return None
        quotes, length, columns = opening.quotes, len(opening.lead), len(opening.lead.expandtabs(LEVEL))
        way = self._ways.get((quotes, length, columns))
        if way is None or way.at <= opening.index:
            way = self._ways[quotes, length, columns] = _Way(opening.index + 1)
        known = way.closings.get(opening.mark, [])
        place = bisect_right(known, opening.index)
        if place < len(known):
            return known[place]
        while not way.is_over:
            if self._go_on(way, quotes, length, columns, is_exact) == opening.mark:
                return way.at - 1
        return None

    def _go_on(self, way: _Way, quotes: int, length: int, columns: int, is_exact: bool) -> str:
        """Scan one more line below a fence at this depth; returns the backticks or tildes that are all of it."""
        if way.at == len(self.lines):
            way.is_over = True
            return ""
        line = self.lines[way.at]
        prefix, content = split_prefix(line.text, columns)
        depth = prefix.count(">")
        is_empty = line.is_blank or not (content if quotes else content.strip())
        if (depth == quotes if is_exact else depth <= quotes) and is_empty and (quotes or not prefix.strip()):
            way.was_empty = True
            way.at += 1
            return ""
        is_short = len(prefix) < length if quotes else len(prefix) != columns
        if depth > quotes or is_short or ((way.was_empty or is_exact) and depth < quotes):
            way.is_over = True
            return ""
        mark = _mark(content.rstrip(" \t"))
        if mark:
            way.closings.setdefault(mark, []).append(way.at)
        way.was_empty = False
        way.at += 1
        return mark

    def _identical_to(self, opening: Opening) -> int | None:
        """The closing line for Python-Markdown's `fenced_code`: at column 0, exactly the same mark."""
        if self._identical is None:
            self._identical = {}
            for index, line in enumerate(self.lines):
                mark = _mark(line.text.rstrip(" "))
                if mark:
                    self._identical.setdefault(mark, []).append(index)
        known = self._identical.get(opening.mark, [])
        place = bisect_right(known, opening.index)
        return known[place] if place < len(known) else None

    def intended(self, opening: Opening) -> tuple[int, bool]:
        """Where the author meant a fence to end: the index of the closing line, or after the last line inside.

        As in CommonMark, a fence of the same character and at least the same length closes it, and so does the end of
        the quote it is in; a new fence at column 0, with a language, shows that the closing line was forgotten.
        """
        char, length, quotes = opening.mark[0], len(opening.mark), opening.quotes
        key = char, quotes, opening.columns
        known = self._unclosed.get(key)
        if known is not None and known.start <= opening.index < known.stop and length >= known.length:
            return known.end, False
        after = index = opening.index + 1
        for index in range(opening.index + 1, len(self.lines)):
            line = self.lines[index]
            if quotes and not line.text.lstrip().startswith(">"):
                break
            text = line.text[opening.stripped(line.text) :].strip()
            if len(text) >= length and not text.strip(char):
                return index, True
            if line.text.startswith(char * 3) and not quotes:
                break
            after = index + 1 if text else after
        else:
            index = len(self.lines)
        self._unclosed[key] = _Unclosed(opening.index, index, length, after)
        return after, False


def _mark(text: str) -> str:
    """The text, if it is nothing but three or more backticks or tildes; otherwise an empty string."""
    return text if len(text) >= 3 and text[0] in "`~" and not text.strip(text[0]) else ""
