"""Sets of values: what is said of two of them is true of every value, tried one by one."""

from __future__ import annotations

from drytables.model.values import Masked, Named, Ranges, Values, Words, ranges
from hypothesis import given
from hypothesis import strategies as st

LAST = 15
NUMBERS = st.integers(0, LAST)
SETS: st.SearchStrategy[Values] = st.one_of(
    st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4).map(lambda pairs: ranges(*pairs)),
    st.builds(Masked, NUMBERS, NUMBERS),
)


def members(values: Values) -> set[int]:
    """The numbers in a set."""
    return {number for number in range(LAST + 1) if values.has(number)}


@given(SETS, SETS)
def test_what_is_said_to_be_within_another_is(one: Values, other: Values) -> None:
    assert not one.within(other) or members(one) <= members(other)


@given(SETS, SETS)
def test_what_is_said_to_be_apart_is(one: Values, other: Values) -> None:
    assert not one.apart(other) or not members(one) & members(other)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4), st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4))
def test_of_ranges_all_is_said(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    first, second = ranges(*one), ranges(*other)

    assert first.within(second) == (members(first) <= members(second))
    assert first.apart(second) == (not members(first) & members(second))
    assert members(first.complement(LAST)) == {*range(LAST + 1)} - members(first)


@given(
    st.text("eth", max_size=4), st.booleans(), st.text("eth", max_size=4), st.booleans(), st.text("eth0", max_size=6)
)
def test_interfaces_by_name_and_by_prefix(one: str, many: bool, other: str, others: bool, name: str) -> None:
    first, second = Named(one, many), Named(other, others)

    assert not (first.within(second) and first.has(name)) or second.has(name)
    assert not (first.apart(second) and first.has(name)) or not second.has(name)


def test_what_is_of_another_kind_is_not_compared() -> None:
    words, number = Words(frozenset({"NEW"})), Ranges(((0, 1),))

    assert not words.within(number) and not number.within(words)
    assert not words.apart(number)
