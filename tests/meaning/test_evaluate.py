"""What rules with `-m statistic` do to the packets that come to them: shares and sequences, and what cannot be told."""

from fractions import Fraction

import pytest
from drive import verdict_of
from drytables.grammar.gates import Chance, Gate, Nth
from drytables.meaning.evaluate import LONGEST_PERIOD, Branch, evaluate
from drytables.meaning.spread import Spread, Untold, spreads

HALF = Chance(2**30)


def told(*rules: str, ending: frozenset[str] = frozenset()) -> tuple[Spread | Untold, ...]:
    """What is told of the rules of one chain, each written from `-A` or `-t` on."""
    return spreads([verdict_of(f"iptables {rule}").rule for rule in rules], ending)


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


NTH = "-m statistic --mode nth --every"
RANDOM = "-m statistic --mode random --probability"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            (f"-t nat -A POSTROUTING {NTH} 2 --packet 0 -j SNAT --to 192.0.2.1", "-t nat -A POSTROUTING -j MASQUERADE"),
            "connection: 192.0.2.1 1/2, MASQUERADE 1/2",
        ),
        (
            (f"-A INPUT -p tcp --dport 80 {RANDOM} 0.25 -j DROP", "-A INPUT -p tcp --dport 80 -j ACCEPT"),
            "packet -p tcp --dport 80: DROP 1/4, ACCEPT 3/4",
        ),
        ((f"-A INPUT {RANDOM} 0.5 -j DROP", "-A INPUT -s 192.0.2.1 -j ACCEPT"), "packet: DROP 1/2, 1/2 go on"),
        (("-A INPUT -s 192.0.2.1 -j ACCEPT", f"-A INPUT {RANDOM} 0.5 -j DROP"), "packet: DROP 1/2, 1/2 go on"),
        (("-A INPUT -j LOG", f"-A INPUT {NTH} 2 --packet 1 -j DROP"), "packet: DROP 1/2, 1/2 go on"),
        (("-A INPUT -j ACCEPT", f"-A INPUT {NTH} 2 --packet 1 -j DROP"), ""),
        (("-A INPUT -j ACCEPT",), ""),
        (
            (f"-t mangle -A INPUT {NTH} 2 --packet 0 -j MARK --set-mark 1",),
            "packet: MARK 0x1 1/2, 1 go on",
        ),
        (
            (f"-A INPUT -i eth0 {NTH} 2 --packet 0 -j DROP", f"-A INPUT -i eth1 {NTH} 2 --packet 0 -j DROP"),
            "packet -i eth0: DROP 1/2, 1/2 go on; packet -i eth1: DROP 1/2, 1/2 go on",
        ),
        (
            (f"-A INPUT {NTH} 3 --packet 0 -m comment --comment a -j DROP", f"-A INPUT {NTH} 2 --packet 0 -j DROP"),
            "packet: DROP 1/3, DROP 1/3, 1/3 go on",
        ),
        ((f"-A INPUT {NTH} 2 --packet 0 -g there",), "packet: there 1/2, 1/2 go on"),
        (
            (f"-A INPUT {NTH} 2 --packet 0 -j here", "-A INPUT -j there"),
            "packet: here 1/2, there 1/2 unless back from here there",
        ),
        ((f"-t nat -A OUTPUT {NTH} 2 --packet 0 -j DNAT --to $IP",), "connection: $IP 1/2, 1/2 go on"),
        ((f"-A INPUT -m mark --mark 1 {NTH} 2 --packet 0 -j DROP",), "packet -m mark --mark 1: DROP 1/2, 1/2 go on"),
    ],
)
def test_what_is_told(rules: tuple[str, ...], expected: str) -> None:
    """Each spread of a chain in a line: what comes to it, who gets which share, and what goes on."""
    lines = []
    for spread in told(*rules):
        assert isinstance(spread, Spread), spread
        parts = [f"{share.label} {share.share}" for share in spread.shares]
        parts += [f"{spread.outcome.rest} go on"] if spread.outcome.rest else []
        head = f"{spread.noun} {spread.condition}".rstrip()
        back = f" unless back from {' '.join(spread.may_return)}" if spread.may_return else ""
        lines.append(f"{head}: {', '.join(parts)}{back}")

    assert "; ".join(lines) == expected


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ((f"-A INPUT {NTH} $N --packet 0 -j DROP",), "`--every` is not known"),
        ((f"-A INPUT -s 192.0.2.1,192.0.2.2 {NTH} 2 --packet 0 -j DROP",), "each with a counter of its own"),
        ((f"-A INPUT {NTH} 2 --packet 0 -m mark --mark 1 -j DROP",), "`-m mark` comes after"),
        ((f"-A INPUT -p tcp {NTH} 2 --packet 0 -m tcp --dport 80 -j DROP",), "`-m tcp` comes after"),
        ((f"-A INPUT -m limit {NTH} 2 --packet 0 -j DROP",), "`-m limit` does not always give the same answer"),
        (
            (
                f"-A INPUT {NTH} 2 --packet 0 -j DROP",
                "-A INPUT -p tcp -j ACCEPT",
                f"-A INPUT {NTH} 2 --packet 0 -j DROP",
            ),
            "rules with other conditions are between them",
        ),
        (
            (
                f"-t mangle -A INPUT -m mark --mark 0 {NTH} 2 --packet 0 -j MARK --set-mark 1",
                f"-t mangle -A INPUT -m mark --mark 0 {NTH} 2 --packet 0 -j MARK --set-mark 2",
            ),
            "a target changes packets on the way",
        ),
    ],
)
def test_what_cannot_be_told_has_a_reason(rules: tuple[str, ...], reason: str) -> None:
    """Nothing is claimed that other rules, or values, could make untrue."""
    (found,) = told(*rules)

    assert isinstance(found, Untold)
    assert reason in found.reason


def test_from_an_ending_chain_nothing_comes_back() -> None:
    (found,) = told(f"-A INPUT {NTH} 2 --packet 0 -j here", ending=frozenset({"here"}))

    assert isinstance(found, Spread)
    assert found.may_return == ()
