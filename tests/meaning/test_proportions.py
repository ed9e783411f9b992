"""Shares of packets, and the places of a pattern, as people write them."""

from fractions import Fraction

import pytest
from drytables.meaning.proportions import percentage, proportion, turns


@pytest.mark.parametrize(
    ("share", "counted", "in_percent"),
    [
        (Fraction(1, 3), "1 in 3", "33.3 %"),
        (Fraction(1, 2), "1 in 2", "50 %"),
        (Fraction(1), "all", "100 %"),
        (Fraction(0), "none", "0 %"),
        (Fraction(4, 27), "4 in 27", "14.8 %"),
        (Fraction(1, 2**31), "0.00000005 %", "0.00000005 %"),
        (1 - Fraction(1, 20000), "99.995 %", "99.995 %"),
    ],
)
def test_a_share_as_people_say_it(share: Fraction, counted: str, in_percent: str) -> None:
    """Never nothing or everything where it is not."""
    assert proportion(share).replace("\u00a0", " ") == counted
    assert percentage(share).replace("\u00a0", " ") == in_percent


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        (((0,), (1,)), "1, 3, 5 …"),
        (((0,), (0,), (1,), (0,)), "1, 2, 4 …"),
        (((1,),), ""),
    ],
)
def test_turns_go_on_after_the_period(sequence: tuple[tuple[int, ...], ...], expected: str) -> None:
    assert turns(sequence, 0) == expected
