"""A Markdown text without all that is shown as it is on purpose, or not at all: each place is still where it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drytables.diagnostics.source import Source
from drytables.reading.markdown.fences import read_fences

_HEADER = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*\n(?s:.*?)^(?P=mark)[ \t]*$|(?s:.*?)\n[ \t]*\n", re.MULTILINE)
_TICKS = re.compile(r"`+")
_FORMULA = re.compile(
    r"\$\$[^$]{1,2000}+\$\$|\\\[(?!(?:caption|gallery|embed|audio|video|playlist)\b)[^\n]{0,400}?\\\]|\\\([^\n]{0,200}?\\\)"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def prose(text: str) -> str:
    """The text, with blanks in place of its header, code, comments and formulas."""
    source = Source("", text)
    kept = list(text)
    for start, end in (
        *_header(text),
        *((each.block.start, each.block.end) for each in read_fences(source, "quotes").fences),
    ):
        kept[start:end] = _blank(text[start:end])
    left = "".join(kept)
    for spans in (_code_spans, _comments, _formulas):
        for start, end in [*spans(left)]:
            kept[start:end] = _blank(text[start:end])
        left = "".join(kept)
    return left


def _blank(text: str) -> list[str]:
    return [each if each == "\n" else " " for each in text]


def _header(text: str) -> Iterator[tuple[int, int]]:
    match = _HEADER.match(text)
    if match:
        yield match.span()


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """What is between as many backticks as before, within one paragraph."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    next_of_length: dict[int, int] = {}
    closing = [0] * len(runs)
    for place in reversed(range(len(runs))):
        length = runs[place][1] - runs[place][0]
        closing[place] = next_of_length.get(length, 0)
        next_of_length[length] = place
    place = 0
    while place < len(runs):
        start, end = runs[place][0], runs[closing[place]][1] if closing[place] else 0
        if end and not _BLANK_LINE.search(text, start, min(end, start + 2000)) and end - start <= 2000:
            yield start, end
            place = closing[place]
        place += 1


def _comments(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        yield start, end + len("-->")
        at = end


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _FORMULA.finditer(text))
