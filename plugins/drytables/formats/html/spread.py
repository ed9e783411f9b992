"""The picture of a spread: an inline SVG, written out by hand.

Each rule is a line, in the order of the chain. Where counters decide, every connection is a column: it runs from the
top through the rules that pass it on, down to the dot of the one that takes it. Where chance decides, the columns are
a single band, of which every rule takes its share. Colours are those of the surrounding text and, for the classes, of
the theme; without a stylesheet the picture is complete, in black.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from ...meaning.spread import Spread
from ...meaning.spread_text import Line, in_words, lines, sentence
from .ticks import with_code
from .trial import UNTRIED, Trial

#: In units of which a letter of the labels is 12 high; `_UNITS` of them are one em of the page.
_LETTER, _SMALL_LETTER, _UNITS = 7.25, 6.1, 13
_ROW, _TOP, _COLUMN = 26, 40, 17
_GAP = 12

#: A pattern with more columns is shown by its shares instead.
_MOST_COLUMNS, _FEWEST_COLUMNS = 12, 6
_LONGEST_LABEL = 21


def picture(spread: Spread, trial: Trial = UNTRIED) -> str:
    """The HTML of a spread: the drawing if there is one, with what was seen in a trial of all that it shows; then what
    it shows as a sentence.
    """
    return f'<div class="snippet-spread">{_drawing(spread, trial)}<p>{with_code(sentence(spread))}</p></div>'


def table(spread: Spread) -> str:
    """The HTML of what the drawing shows, as a table below the same sentence."""
    return f"<p>{with_code(sentence(spread))}</p>{_as_table(spread)}"


def _drawing(spread: Spread, trial: Trial) -> str:
    rows = _as_seen(lines(spread), trial)
    if 0 < spread.outcome.period <= _MOST_COLUMNS:
        columns, draw, head = _columns(spread), _turns, spread.noun
    elif all(share.ends for share in spread.shares[:-1]):
        columns, draw, head = _FEWEST_COLUMNS, _bands, f"all {spread.noun}s"
    else:
        return ""
    labels = [_short(line.label) for line in rows]
    left = max(*(len(label) * _LETTER for label in labels), len(head) * _SMALL_LETTER) + _GAP
    right = left + columns * _COLUMN + _GAP
    width = right + max(len(line.share) for line in rows) * _LETTER
    height = _height(len(rows) - 1) + _GAP
    texts = "".join(_texts(rows, labels, right))
    return (
        f'<svg role="img" aria-label="{escape(in_words(spread))}" viewBox="0 0 {_n(width)} {height}" '
        f'width="{_n(width / _UNITS)}em" height="{_n(height / _UNITS)}em" font-family="monospace" fill="currentColor">'
        f'<g font-size="12">{_head(head)}{"".join(draw(spread, left, columns))}{texts}</g></svg>'
    )


def _as_seen(rows: list[Line], trial: Trial) -> list[Line]:
    """The lines with what was seen, if each was looked at and nothing else was seen."""
    if {row.label for row in rows} != trial.counts.keys() or len(rows) != len(trial.counts):
        return rows
    return [replace(row, share=trial.share(row.label)) for row in rows]


def _head(text: str) -> str:
    return f'<text y="13" font-size="10" opacity=".75">{text}</text>'


def _texts(rows: list[Line], labels: list[str], right: float) -> Iterator[str]:
    for number, (line, label) in enumerate(zip(rows, labels, strict=True)):
        y = _height(number) + 4
        yield f'<text y="{y}">{escape(label)}</text><text x="{_n(right)}" y="{y}">{line.share}</text>'


def _columns(spread: Spread) -> int:
    """How many connections are shown: whole periods, at least two if they fit, so that the pattern is visible."""
    period = spread.outcome.period
    rounds = max(2, -(-_FEWEST_COLUMNS // period))
    return period * rounds if period * rounds <= _MOST_COLUMNS else period


def _turns(spread: Spread, left: float, columns: int) -> Iterator[str]:
    """A column for each connection, and the dots of the rules that match it."""
    sequence, rest = spread.outcome.sequence, len(spread.shares)
    last = rest - (not spread.outcome.rest)
    if spread.outcome.period < columns:
        band = spread.outcome.period * _COLUMN
        yield f'<rect x="{_n(left)}" width="{band}" height="{_height(last) + _GAP}" rx="4" opacity=".06"/>'
    yield _lanes(left, columns, rest)
    dots: dict[int, list[float]] = {}
    stems: dict[int, list[str]] = {}
    for number in range(columns):
        x, matching = left + _COLUMN * (number + 0.5), sequence[number % len(sequence)]
        yield f'<text x="{_n(x)}" y="13" font-size="10" opacity=".75" text-anchor="middle">{number + 1}</text>'
        goes_on = not matching or not spread.shares[matching[-1]].ends
        for rule in (*matching, *([rest] if goes_on else [])):
            dots.setdefault(rule, []).append(x)
        bottom = rest if goes_on else matching[-1]
        stems.setdefault(bottom, []).append(f"M{_n(x)} 19V{_height(bottom)}")
    for rule, lines_down in sorted(stems.items()):
        d = "".join(lines_down)
        yield f'<path{_kind(rule, rest)} d="{d}" stroke="currentColor" stroke-width="2" opacity=".35"/>'
    for rule, places in sorted(dots.items()):
        yield _arrows(places, rule) if rule == rest else _dots(places, rule)


def _dots(places: list[float], rule: int) -> str:
    d = "".join(f"M{_n(x)} {_height(rule)}h.01" for x in places)
    return f'<path{_kind(rule)} d="{d}" stroke="currentColor" stroke-width="11" stroke-linecap="round"/>'


def _arrows(places: list[float], rule: int) -> str:
    d = "".join(f"M{_n(x - 4)} {_height(rule) - 3}l4 4 4-4" for x in places)
    return f'<path d="{d}" fill="none" stroke="currentColor" stroke-width="2" opacity=".75"/>'


def _bands(spread: Spread, left: float, columns: int) -> Iterator[str]:
    """One band for all connections, of which each rule takes its share from the left."""
    full, arrived, rest = columns * _COLUMN, 0.0, len(spread.shares)
    yield f'<rect x="{_n(left)}" y="6" width="{full}" height="7" rx="2" opacity=".35"/>'
    yield _lanes(left, columns, rest)
    for rule, share in enumerate([*map(float, spread.outcome.shares), float(spread.outcome.rest)]):
        if rule < rest or share:
            y, start = _height(rule), arrived if rule < rest else 1 - share
            place = f'{_kind(rule, rest)} x="{_n(left + start * full)}" width="{_n(max(share * full, 1))}"'
            look = 'opacity=".5"' if rule == rest else 'rx="2"'
            yield f'<rect{place} y="13" height="{y - 13}" opacity=".15"/><rect{place} y="{y - 6}" height="12" {look}/>'
        if rule < rest and spread.shares[rule].ends:
            arrived += share


def _kind(rule: int, rest: int = -1) -> str:
    """The class by which a stylesheet can tell the rules apart; the rest has none."""
    return "" if rule == rest else f' class="snippet-rule-{rule % 3 + 1}"'


def _lanes(left: float, columns: int, count: int) -> str:
    d = "".join(f"M{_n(left)} {_height(row)}h{columns * _COLUMN}" for row in range(count))
    return f'<path d="{d}" stroke="currentColor" opacity=".2"/>'


def _height(row: int) -> int:
    return _TOP + _ROW * row


def _short(label: str) -> str:
    """A label short enough to leave room for the drawing; the table has it in full."""
    half = _LONGEST_LABEL // 2
    return label if len(label) <= _LONGEST_LABEL else f"{label[:half]}…{label[-half:]}"


def _n(number: float) -> str:
    """A number, written as short as possible."""
    return f"{number:.1f}".removesuffix(".0")


def _as_table(spread: Spread) -> str:
    """The lines as an HTML table."""
    spread_lines = lines(spread)
    has_turns = any(line.turns for line in spread_lines)
    heads = ["Rule", "Share", *([f"{spread.noun.capitalize()}s"] if has_turns else [])]
    rows = "".join(
        f'<tr><th scope="row">{escape(line.label)}</th><td>{line.share}</td>'
        + (f"<td>{line.turns}</td>" if has_turns else "")
        + "</tr>"
        for line in spread_lines
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
