"""The table of all figures, in Markdown: what we take, and what others take with ours as a multiple of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from .measures import Measure, Notes

#: What is compared between two sizes.
GROWING = (Measure.COLD_PROCESSORS, Measure.COLD_MEMORY)
UNKNOWN = "–"


def figure_in_words(measure: Measure, figure: float | None, limit: float) -> str:
    """A figure with its unit; an infinite one was given up after `limit` seconds."""
    if figure is None:
        return UNKNOWN
    if math.isinf(figure):
        return f"> {limit:.0f} s"
    decimals = 0 if measure.unit == "MiB" or figure >= 100 else 1 if figure >= 10 else 2 if figure >= 0.1 else 3
    return f"{figure:,.{decimals}f} {measure.unit}"


def multiple(figure: float | None, other: float | None) -> str:
    """How many times the other figure one is, in two digits; empty where one of them is not known."""
    if figure is None or other is None or math.isinf(figure) or math.isinf(other):
        return ""
    return f"×{figure / other:.0f}" if figure >= 10 * other else f"×{figure / other:.2g}"


def table(notes: Notes, sizes: Sequence[int], columns: Mapping[str, str], ours: str, limit: float) -> Iterator[str]:
    """The lines of the table.

    `columns` has the heading for each contestant; the figures of `ours` are compared with those of the others, and it
    may be missing. Sizes are numbers of posts; growth is that between the last two.
    """
    yield f"| | posts | {' | '.join(columns.values())} |"
    yield f"| --- | ---: |{' ---: |' * len(columns)}"
    for measure in Measure:
        for size in sizes:
            cells = []
            for contestant in columns:
                figure = notes.median(measure, size, contestant)
                times = "" if contestant == ours else multiple(notes.median(measure, size, ours), figure)
                cells.append(figure_in_words(measure, figure, limit) + (f" ({times})" if times else ""))
            yield f"| {measure.title} | {size:,} | {' | '.join(cells)} |"
    if len(sizes) > 1:
        smaller, larger = sizes[-2:]
        for measure in GROWING:
            medians = ([notes.median(measure, size, each) for size in (larger, smaller)] for each in columns)
            cells = [multiple(*figures) or UNKNOWN for figures in medians]
            yield f"| {measure.title}: growth | {smaller:,} to {larger:,} | {' | '.join(cells)} |"
