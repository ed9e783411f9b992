"""Where a link is in a source: the characters of its address, however it is written.

A link may be written in brackets or as HTML, after a definition or as a bare address, with signs that are escaped or
encoded. So its address itself is looked for. An address in code or in a comment is not a link; it counts only if there
is no other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, unquote

from drytables.diagnostics.source import Span
from drytables.reading.pattern import pattern

_FENCE = pattern(r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*$", re.MULTILINE)
#: What an address goes on with, before and after: there it is only a part of another one.
_BEFORE, _BEHIND = pattern(r"[\w./{}|#%~+&=?@:-]"), pattern(r"[\w/#%~&=-]|[.?]\w")
#: What is before the address of a link or a picture, in Markdown, HTML and reStructuredText.
_OPENING = pattern(r"(?:\]\([ \t]*<?|\]:[ \t]*<?|=[ \t]*[\"']?|<|:[ \t]+|#)\Z")
#: A link or a picture without an address.
_EMPTY = pattern(r"\]\([ \t]*(?:<>)?[ \t]*\)|\b(?:href|src)[ \t]*=[ \t]*(?:\"\"|'')")
#: What is before an id, in braces after a heading and the like, or in HTML; no link to it.
_BEFORE_ID = r"(?:\{:?[^{}\n]{0,80}?#|\b(?:id|name)=[\"']?)"
#: A picture of Markdown without words.
_WORDLESS = pattern(r"(?<!\\)!\[[ \t]*\](?=[(\[])")
#: A longer line is not looked through for backticks.
_LONGEST_LINE = 4000


class LinksInSource:
    """The places of links in one text, the header of which ends at `body`."""

    def __init__(self, text: str, body: int) -> None:
        self.text, self.body = text, body
        self._code = [*_code_blocks(text)]
        self._starts = [span.start for span in self._code]

    def place(self, value: str, number: int, is_in_header: bool = False) -> Span | None:
        """Return where a value stands for the `number`th time (from 0), or for the last time if it is there less often,
        as if one definition serves several links; None if it is not there: then something else has made it.
        """
        first, end = (0, self.body) if is_in_header else (self.body, len(self.text))
        if not value.strip():
            return self._numbered([Span(*each.span()) for each in _EMPTY.finditer(self.text, first, end)], number)
        for spelling in _spellings(value):
            span = self._numbered([*self._occurrences(spelling, first, end)], number)
            if span is not None:
                return span
        return None

    def place_of_id(self, name: str, number: int) -> Span | None:
        """Return where an id is given for the `number`th time (from 0), or for the last; None if it is not."""
        written = re.compile(rf"{_BEFORE_ID}(?P<id>{re.escape(name)})(?![\w-])")
        return self._numbered([Span(*each.span("id")) for each in written.finditer(self.text, self.body)], number)

    def wordless_pictures(self) -> tuple[Span, ...]:
        """Return where a text in Markdown has pictures without words. Who writes `alt=""` in HTML means it so."""
        every = (Span(*each.span()) for each in _WORDLESS.finditer(self.text, self.body))
        return tuple(each for each in every if not self._is_code(each.start))

    def _numbered(self, every: list[Span], number: int) -> Span | None:
        """One of some places: prose counts only if no link has its address there, and code comes last."""
        words = [span for span in every if not self._is_code(span.start)]
        links = [span for span in words if _OPENING.search(self.text[max(span.start - 6, 0) : span.start])]
        found = links or words or every
        return found[min(number, len(found) - 1)] if found else None

    def _occurrences(self, written: str, first: int, end: int) -> Iterator[Span]:
        at = self.text.find(written, first, end)
        while at >= 0:
            behind = at + len(written)
            before = self.text[at - 1 : at] if at > first else ""
            # A colon or an equals sign is before an address too, where it begins a definition or is an attribute's.
            is_part = _BEHIND.match(self.text, behind) or (before not in ("", ":", "=") and _BEFORE.match(before))
            is_element = before == "<" and self.text[behind : behind + 1] != ">"
            if not is_part and not is_element:
                yield Span(at, behind)
            at = self.text.find(written, behind, end)

    def _is_code(self, at: int) -> bool:
        """Whether a place is in a fence, a comment, or between backticks on its line."""
        index = bisect_right(self._starts, at) - 1
        if index >= 0 and at < self._code[index].end:
            return True
        line = self.text.rfind("\n", 0, at) + 1
        return at - line <= _LONGEST_LINE and self.text.count("`", line, at) % 2 == 1


def _spellings(value: str) -> Iterator[str]:
    """The ways in which a value may have been written, each once."""
    plain = value.strip()
    ways = (plain, escape(plain, quote=False), escape(plain), unquote(plain), quote(plain, safe="/#?&=;:@+,{}|~%"),
            plain.replace("(", r"\(").replace(")", r"\)").replace("_", r"\_"), plain.replace("_", r"\_"),
            plain.removeprefix("mailto:"))  # fmt: skip
    yield from (each for each in dict.fromkeys(ways) if each)


def _code_blocks(text: str) -> Iterator[Span]:
    """The fences of a text, and its comments, in their order."""
    start, fence, comments_until = -1, "", 0
    fences = ((found.start(), found["fence"], found.end()) for found in _FENCE.finditer(text))
    for at, mark, end in sorted([*fences, *_comments(text)]):
        if not mark:
            if start < 0:
                yield Span(at, end)
                comments_until = end
        elif at < comments_until:
            continue
        elif start < 0:
            start, fence = at, mark
        elif mark.startswith(fence):
            yield Span(start, end)
            start = -1
    if start >= 0:
        yield Span(start, len(text))


def _comments(text: str) -> Iterator[tuple[int, str, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, "", end
        start = text.find("<!--", end)
