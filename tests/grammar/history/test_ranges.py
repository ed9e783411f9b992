"""Ranges of releases, and how they are named."""

import pytest
from drytables.grammar.history.ranges import Range, common, gaps, in_words, joined
from drytables.grammar.history.releases import Release, spans


def ranges(text: str) -> list[Range]:
    """Ranges as `1.4.0-1.4.10 1.4.12-1.8.11`."""
    return [Range(*map(Release, each.split("-"))) for each in text.split()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.8.11-1.8.11", "1.8.11"),
        ("1.1.0-1.4.10", "1.1.0 to 1.4.10"),
        ("1.1.0-1.4.10 1.4.12-1.8.11", "1.1.0 to 1.4.10 and 1.4.12 to 1.8.11"),
        ("1.1.0-1.3.8 1.4.1-1.4.1 1.4.12-1.8.11", "1.1.0 to 1.3.8, 1.4.1 and 1.4.12 to 1.8.11"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert in_words(ranges(text)) == words


def test_what_is_between_ranges() -> None:
    assert list(gaps(ranges("1.1.0-1.4.10 1.4.12-1.8.7 1.8.10-1.8.11"))) == ranges("1.4.11-1.4.11.1 1.8.8-1.8.9")


def test_what_touches_is_one_range() -> None:
    assert list(joined(ranges("1.1.0-1.4.10 1.4.11-1.4.11 1.4.12-1.8.11"))) == ranges("1.1.0-1.4.11 1.4.12-1.8.11")


@pytest.mark.parametrize(
    ("several", "shared"),
    [
        ([], ""),
        (["1.1.0-1.8.11"], "1.1.0-1.8.11"),
        (["1.1.0-1.4.10 1.4.12-1.8.11", "1.3.0-1.8.7"], "1.3.0-1.4.10 1.4.12-1.8.7"),
        (["1.1.0-1.3.0", "1.4.0-1.8.11"], ""),
    ],
)
def test_what_several_have_in_common(several: list[str], shared: str) -> None:
    assert list(common([*map(ranges, several)])) == ranges(shared)


def test_a_table_names_spans() -> None:
    assert spans("..1.4.10 1.4.12..1.4.12 1.8.8..") == [["1.1.0", "1.4.10"], ["1.4.12", "1.4.12"], ["1.8.8", None]]


@pytest.mark.parametrize("text", ["1.4.10", "1.4.10..1.4.3", "1.4.10-1.4.12", "..1.5.0"])
def test_a_table_that_names_no_span_does_not_load(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a span of releases"):
        spans(text)
