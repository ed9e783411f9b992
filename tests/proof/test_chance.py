"""plugins/proof/chance.py: what chance allows, against exact arithmetic."""

from fractions import Fraction
from math import comb

import pytest
from proof.chance import range_of


def probability(counts: range, share: Fraction, trials: int) -> Fraction:
    """The exact probability of some counts."""
    return sum((comb(trials, count) * share**count * (1 - share) ** (trials - count) for count in counts), Fraction(0))


@pytest.mark.parametrize("alpha", [0.1, 1e-3, 1e-6])
@pytest.mark.parametrize("share", [Fraction(1, 2), Fraction(1, 3), Fraction(1, 50), Fraction(9, 10)], ids=str)
@pytest.mark.parametrize("trials", [10, 100, 300])
def test_the_range_is_the_narrowest_that_chance_leaves_so_rarely(alpha: float, share: Fraction, trials: int) -> None:
    least, most = range_of(share, trials, alpha)

    side = Fraction(alpha / 2) * (1 + Fraction(1, 10**9))
    below, above = range(least), range(most + 1, trials + 1)
    assert probability(below, share, trials) <= side
    assert probability(above, share, trials) <= side
    # One more on either side would be too much.
    assert probability(range(least + 1), share, trials) * (1 + Fraction(1, 10**9)) > Fraction(alpha / 2)
    assert probability(range(most, trials + 1), share, trials) * (1 + Fraction(1, 10**9)) > Fraction(alpha / 2)


def test_many_trials_do_not_overflow() -> None:
    least, most = range_of(Fraction(1, 3), 100_000, 1e-6)

    assert 32_500 < least < 33_333 < most < 34_100
