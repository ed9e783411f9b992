"""The table of what was measured."""

from __future__ import annotations

import math

import pytest

from bench_site.measures import Measure, Notes
from bench_site.table import figure_in_words, multiple, table


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (None, "–"),
        (0.0123, "0.012 s"),
        (0.543, "0.54 s"),
        (9.994, "9.99 s"),
        (53.21, "53.2 s"),
        (1234.5, "1,234 s"),
        (math.inf, "> 600 s"),
    ],
)
def test_a_figure_has_the_digits_that_mean_something(figure: float | None, words: str) -> None:
    assert figure_in_words(Measure.COLD_TIME, figure, limit=600) == words


def test_memory_is_told_in_whole_mebibytes() -> None:
    assert figure_in_words(Measure.COLD_MEMORY, 61.7, limit=600) == "62 MiB"


@pytest.mark.parametrize(
    ("figure", "other", "words"),
    [
        (1.0, 3.0, "×0.33"),
        (3.0, 2.0, "×1.5"),
        (95.0, 2.9, "×33"),
        (None, 1.0, ""),
        (1.0, None, ""),
        (math.inf, 1.0, ""),
    ],
)
def test_a_multiple_has_two_digits(figure: float | None, other: float | None, words: str) -> None:
    assert multiple(figure, other) == words


def test_the_table_has_medians_with_ours_as_multiples_of_the_others_and_growth() -> None:
    notes = Notes()
    for posts, contestant, figures in (
        (100, "ours", (1.0, 3.0, 2.0)),
        (100, "theirs", (4.0,)),
        (1000, "ours", (11.0,)),
        (1000, "theirs", (math.inf,)),
    ):
        for figure in figures:
            notes.take(Measure.COLD_PROCESSORS, posts, contestant, figure)

    lines = [*table(notes, [100, 1000], {"ours": "ours", "theirs": "theirs 3.1"}, "ours", limit=60)]

    assert lines[:2] == ["| | posts | ours | theirs 3.1 |", "| --- | ---: | ---: | ---: |"]
    assert "| cold build, processor time | 100 | 2.00 s | 4.00 s (×0.5) |" in lines
    assert "| cold build, processor time | 1,000 | 11.0 s | > 60 s |" in lines
    assert "| cold build, processor time: growth | 100 to 1,000 | ×5.5 | – |" in lines
    assert notes.took_too_long(1000, "theirs")
    assert not notes.took_too_long(100, "theirs")
