"""Code as a page shows it: HTML in which each part of a command carries the sentence that explains it.

The code is plain text between the tags, so it can be selected and copied as a whole; what is shown beside it (a
sentence, a prompt) is left to the stylesheet and to attributes. `plain_code` is the same without explanations.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from ...diagnostics.source import Span
from ...reading.excerpt import Excerpt
from ...reading.pattern import pattern
from .colours import Colours
from .display import PLAIN, Display

#: With more lines than this, a word and the end of its block may not be visible together.
TALL = 14

_TAG_OR_LINE_END = pattern(r"(<[^<>]*>|\n)")
_MARKED = '<span class="hll">'
_FIRST_WORD = pattern(r"(?:!\s+)?\S+(?:\s+|$)")


class Note(NamedTuple):
    """The explanation of a piece of code: its place in the text, the sentence, whether Tab stops at it, whether it is
    new in a correction, and whether it is an option, of which the value is marked up.
    """

    start: int
    end: int
    sentence: str
    is_stop: bool = True
    is_new: bool = False
    is_option: bool = True


def place_in(code: Excerpt, span: Span) -> tuple[int, int]:
    """Where the source characters of a span are in a text extracted from it; an empty range if none are."""
    return bisect_left(code.starts, span.start), bisect_right(code.ends, span.end)


def annotated(
    code: Excerpt,
    language: str,
    notes: Sequence[Note] = (),
    css_class: str = "",
    display: Display = PLAIN,
    *,
    name: str,
) -> str:
    """A block of code as HTML: coloured, with its prompts marked up, and each note's piece with its sentence. `name` is
    what it is called for those who do not see it.

    Notes that overlap an earlier one are left out. Lines are marked together with those on which a piece goes on. The
    longest sentence is an attribute, by which a stylesheet keeps room for any of them.
    """
    text = code.text.rstrip("\n") + "\n"
    colours = Colours(text, code, language)
    at = len(text) - len(text.lstrip("\n"))
    kept = []
    end = at
    for note in sorted(notes, key=lambda note: (note.start, -note.end)):
        if end <= note.start < note.end:
            kept.append(note)
            end = note.end
    html = "".join(
        f"{_MARKED}{stretch}</span>" if is_marked else stretch
        for start, end, is_marked in _stretches(text, at, kept, display.marked)
        if (stretch := _noted(text, start, end, kept, colours))
    )
    if display.first_number is not None:
        html = _numbered(html, display.first_number)
    shape = ("snippet-tall" if text.count("\n") > TALL else "", "snippet-explained" if notes else "")
    classes = " ".join(filter(None, ["highlight", css_class, *shape]))
    title = f'<span class="filename">{escape(display.title)}</span>' if display.title else ""
    longest = max((note.sentence for note in kept), key=len, default="")
    room = f' data-longest="{escape(longest)}"' if longest else ""
    group = f'<pre role="group" aria-label="{escape(name)}">'
    return f'<div class="{classes}"{room}>{title}{group}<code>{html}</code></pre></div>'


def _stretches(text: str, at: int, notes: list[Note], marked: frozenset[int]) -> Iterator[tuple[int, int, bool]]:
    """Where the lines from an offset on are marked or not, in turns; no note begins in one and ends in another."""
    if not marked:
        yield at, len(text), False
        return
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")][:-1]
    are_marked = [number in marked for number in range(1, len(starts) + 1)]
    for note in notes:
        first, last = bisect_right(starts, note.start) - 1, bisect_left(starts, note.end) - 1
        if any(are_marked[first : last + 1]):
            are_marked[first : last + 1] = [True] * (last + 1 - first)
    ends = [*starts[1:], len(text)]
    for is_marked, lines in groupby(zip(starts, ends, are_marked, strict=True), key=lambda line: line[2]):
        (start, end, _), *others = lines
        yield max(start, at), others[-1][1] if others else end, is_marked


def _noted(text: str, start: int, end: int, notes: list[Note], colours: Colours) -> str:
    """The HTML of `text[start:end]`, with the notes in it."""
    html, at = [], start
    for note in notes[bisect_left(notes, start, key=_start) : bisect_left(notes, end, key=_start)]:
        html += [colours.html(at, note.start), _piece(note, text, colours)]
        at = note.end
    return "".join([*html, colours.html(at, end)])


def _start(note: Note) -> int:
    return note.start


def _numbered(html: str, first: int) -> str:
    """Code with a number before each line: in an attribute, which a stylesheet shows and nobody copies."""
    pieces = _TAG_OR_LINE_END.split(html)
    line_ends = [place for place, piece in enumerate(pieces) if piece == "\n"]
    width = len(str(first + len(line_ends) - 1))
    for number, place in enumerate((-1, *line_ends[:-1]), start=first):
        start = place + 1
        while pieces[start] == "" and (pieces[start + 1] == "</span>" or pieces[start + 1] == _MARKED):
            start += 2  # what ends with the line above, and what the number belongs into
        pieces[start] = f'<span class="linenos" data-linenos="{number:{width}} "></span>{pieces[start]}'
    return "".join(pieces)


def _piece(note: Note, text: str, colours: Colours) -> str:
    """A piece with its explanation: an option as typed, with its value marked up. It is a button, since it shows
    something when it is pressed, and since a button is called what it says.
    """
    option = _FIRST_WORD.match(text, note.start, note.end) if note.is_option else None
    value = option.end() if option else note.start if note.is_option else note.end
    tab = 0 if note.is_stop else -1
    opening = f'<span role="button" tabindex="{tab}" aria-description="{escape(note.sentence)}">'
    set_off = f"<b>{colours.html(value, note.end)}</b>" if value < note.end else ""
    piece = f"{opening}{colours.html(note.start, value)}{set_off}</span>"
    return f"<ins>{piece}</ins>" if note.is_new else piece
