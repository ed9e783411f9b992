"""Lists, ranges, counts and places, as a person says them."""

import pytest
from drytables.grammar.values.wording import counted, in_a_row, one_of_these, place_in_round, runs, within


@pytest.mark.parametrize(
    ("words", "said"), [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c"), ("abcd", "a, b, c and d")]
)
def test_a_list(words: str, said: str) -> None:
    assert in_a_row(words) == said
    assert one_of_these(words) == (said if len(words) == 1 else f"one of {said}")


@pytest.mark.parametrize(
    ("low", "high", "said", "otherwise"),
    [
        ("5", "9", "between 5 and 9", "not between 5 and 9"),
        ("5", "", "at least 5", "less than 5"),
        ("", "9", "at most 9", "more than 9"),
        ("", "", "anything", "nothing"),
    ],
)
def test_a_range(low: str, high: str, said: str, otherwise: str) -> None:
    assert within(low, high, bool(low), bool(high), negated=False) == said
    assert within(low, high, bool(low), bool(high), negated=True) == otherwise


@pytest.mark.parametrize(
    ("count", "noun", "said"),
    [
        ("1", "packet", "1 packet"),
        ("0", "packet", "0 packets"),
        ("at most 1", "packet", "at most 1 packet"),
        ("anything", "byte", "any number of bytes"),
        ("nothing", "byte", "no number of bytes"),
        ("$N", "byte", "$N bytes"),
        ("60", "second", "60 seconds (a minute)"),
        ("61", "second", "61 seconds"),
        ("86400000", "millisecond", "86400000 milliseconds (a day)"),
        ("60", "packet", "60 packets"),
        ("1500", "byte", "1500 bytes"),
        ("1000000", "byte", "1000000 bytes (1 MB)"),
        ("3221225472", "byte", "3221225472 bytes (3 GiB)"),
        ("0", "byte", "0 bytes"),
        ("²", "byte", "² bytes"),
        ("9" * 5000, "byte", f"{'9' * 5000} bytes"),
    ],
)
def test_a_count(count: str, noun: str, said: str) -> None:
    assert counted(count, noun) == said


@pytest.mark.parametrize(
    ("before", "said"), [(0, "the first"), (2, "the third"), (9, "the tenth"), (10, "the one after the first 10")]
)
def test_a_place_in_a_round(before: int, said: str) -> None:
    assert place_in_round(before) == said


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a", "b", "", "d"], ["a", "b", "d"]),
        (["a", "b", "c", "", "e"], ["a to c", "e"]),
        (["", "b", "c", "d"], ["b to d"]),
        (["", ""], []),
    ],
)
def test_neighbours_are_a_range(names: list[str], told: list[str]) -> None:
    assert runs(names) == told
