"""What chance allows: how far counts may be from their shares before an experiment is called false.

Each count by itself is binomially distributed. It is held to the range that it leaves with a probability of no more
than `alpha`, divided by the number of counts that are looked at together (Bonferroni): then all counts of an experiment
that does what is expected are within their ranges but once in 1/alpha runs, however they depend on one another.
"""

from __future__ import annotations

from fractions import Fraction
from math import exp, lgamma, log


def range_of(share: Fraction, trials: int, alpha: float) -> tuple[int, int]:
    """The least and the most of `trials` that chance allows for a share, each side with half of `alpha`."""
    return _least(float(share), trials, alpha / 2), trials - _least(float(1 - share), trials, alpha / 2)


def _least(probability: float, trials: int, alpha: float) -> int:
    """The smallest count that is not so rare: the probability of any smaller one is no more than `alpha`."""
    below = 0.0
    for count in range(trials + 1):
        below += _probability(count, probability, trials)
        if below > alpha:
            return count
    return trials


def _probability(count: int, probability: float, trials: int) -> float:
    """The probability of a count, by logarithms: its factors alone are too large and too small for a float."""
    ways = lgamma(trials + 1) - lgamma(count + 1) - lgamma(trials - count + 1)
    return exp(ways + count * log(probability) + (trials - count) * log(1 - probability))
