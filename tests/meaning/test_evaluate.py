"""What counters and chance do to the packets that come to some rules: shares and sequences."""

from fractions import Fraction

import pytest
from drytables.grammar.gates import Chance, Gate, Nth
from drytables.meaning.evaluate import LONGEST_PERIOD, Branch, evaluate

HALF = Chance(2**30)


def turns(sequence: tuple[tuple[int, ...], ...]) -> str:
    """A sequence as digits: which rule matches, counted from 1; `-` for none, several with a plus."""
    return " ".join("+".join(str(number + 1) for number in taken) or "-" for taken in sequence)


@pytest.mark.parametrize(
    ("gates", "sequence", "shares", "rest"),
    [
        ([Nth(3), Nth(2), Nth(1)], "1 2 3", "1/3 1/3 1/3", "0"),
        (
            [Nth(3), Nth(3), Nth(3)],
            "1 2 3 1 - 2 1 - 3 1 2 - 1 - 2 1 3 - 1 2 - 1 3 2 1 - -",
            "1/3 2/9 4/27",
            "8/27",
        ),
        ([Nth(2, 1), None], "2 1", "1/2 1/2", "0"),
        ([Nth(4, 1), Nth(3, 2, negated=True)], "2 1 2 -", "1/4 1/2", "1/4"),
        ([Nth(1)], "1", "1", "0"),
        ([Nth(1, negated=True)], "-", "0", "1"),
        ([Nth(5, 4)], "- - - - 1", "1/5", "4/5"),
        ([], "-", "", "1"),
    ],
    ids=str,
)
def test_turns_and_shares_of_counters(gates: list[Gate | None], sequence: str, shares: str, rest: str) -> None:
    """One period of packets, and exact shares."""
    outcome = evaluate([Branch((gate,) if gate else ()) for gate in gates])

    assert turns(outcome.sequence) == sequence
    assert " ".join(map(str, outcome.shares)) == shares
    assert str(outcome.rest) == rest


@pytest.mark.parametrize(
    ("branches", "shares", "rest"),
    [
        ([Branch((HALF,)), Branch((HALF,)), Branch()], "1/2 1/4 1/4", "0"),
        ([Branch((HALF,), ends=False), Branch((HALF,))], "1/2 1/2", "1/2"),
        ([Branch((Chance(0),)), Branch((Chance(2**31),))], "0 1", "0"),
        ([Branch((Chance(2**29, negated=True),))], "3/4", "1/4"),
        ([Branch((HALF, Nth(5)))], "1/10", "9/10"),
        ([Branch((Nth(3),)), Branch((HALF,))], "1/3 1/3", "1/3"),
        ([Branch((Nth(LONGEST_PERIOD + 1),))], "1/1001", "1000/1001"),
    ],
    ids=str,
)
def test_shares_where_there_is_no_sequence(branches: list[Branch], shares: str, rest: str) -> None:
    """Chance, and counters too long to follow."""
    outcome = evaluate(branches)

    assert " ".join(map(str, outcome.shares)) == shares
    assert str(outcome.rest) == rest
    assert outcome.period == 0


@pytest.mark.parametrize("first", range(1, 7))
@pytest.mark.parametrize("second", range(1, 7))
@pytest.mark.parametrize("ends", [True, False])
def test_a_sequence_holds_the_shares(first: int, second: int, ends: bool) -> None:
    """Counted out over a period, each rule takes just its share, whatever stands before it."""
    branches = [Branch((Nth(first, first - 1),), ends), Branch((Nth(second), Nth(2, 1, negated=True))), Branch()]
    outcome = evaluate(branches)

    counted = [Fraction(sum(number in taken for taken in outcome.sequence), outcome.period) for number in range(3)]

    assert counted == [*outcome.shares]
