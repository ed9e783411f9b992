"""Writes shares, and the turns of a pattern, as people do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

#: Shares of a pattern are given as counts ("1 in 3") up to this many; nobody counts further.
_COUNTABLE = 1000

#: How many turns are listed before the ellipsis.
_LISTED = 3


def proportion(share: Fraction) -> str:
    """A share of a pattern that repeats: `1 in 3`, `all`, `none`."""
    if share in (0, 1):
        return "all" if share else "none"
    if share.denominator > _COUNTABLE:
        return percentage(share)
    return f"{share.numerator} in {share.denominator}"


def percentage(share: Fraction) -> str:
    """A share in the long run: `33.3 %`, with a no-break space.

    It has as many digits as it takes to distinguish it from nothing and from everything.
    """
    if share in (0, 1):
        return f"{100 * int(share)}\N{NO-BREAK SPACE}%"
    digits = 1
    while round(share * 100, digits) in (0, 100):
        digits += 1
    written = f"{float(share * 100):.{digits}f}"
    return f"{written.removesuffix('.0')}\N{NO-BREAK SPACE}%"


def turns(sequence: Sequence[tuple[int, ...]], rule: int | None) -> str:
    """The numbers of the packets that a rule, or no rule, matches, counted from 1: `1, 4, 7 …`; empty for none."""
    places = [at for at, matching in enumerate(sequence, 1) if (rule in matching if rule is not None else not matching)]
    if not places:
        return ""
    rounds = -(-_LISTED // len(places))
    listed = [place + len(sequence) * each for each in range(rounds) for place in places][:_LISTED]
    return f"{', '.join(map(str, listed))} …"
