"""plugins/proof/expectations.py: each kind held against what was seen, in words that say both."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from drytables.configuration.values import BadValue
from proof.expectations import KINDS, judged
from proof.experiment import Expectation
from proof.seen import Connection, Seen

A = Connection("answered", "192.0.2.1", "server", "203.0.113.9", 80, mark=1, answers=2)
B = Connection("answered", "192.0.2.2", "proxy", "203.0.113.8", 3128, mark=0, connmark=7, answers=2)
LOST = Connection("dropped")
RESET = Connection("refused", reason="tcp-reset")
PINGED = Connection("answered", "192.0.2.1", "server", "203.0.113.9")

RARELY = ", which chance alone leaves once in 1,000,000 runs"

CASES = [
    # what is expected, what was seen, whether it holds, what is said to be expected and seen
    ("answered", 2, [A, LOST, B], True, "2 answered", "answered: 2, dropped: 1"),
    ("answered", 3, [A, LOST, B], False, "3 answered", "answered: 2, dropped: 1"),
    ("dropped", 1, [A, LOST], True, "1 dropped", "answered: 1, dropped: 1"),
    ("refused", 1, [RESET, A], True, "1 refused", "answered: 1, refused: 1"),
    ("refused", {"tcp-reset": 2}, [RESET, A], False, "refused: tcp-reset: 2", "refused: tcp-reset: 1"),
    ("refused", {"tcp-reset": 1}, [RESET, A], True, "refused: tcp-reset: 1", "refused: tcp-reset: 1"),
    (
        "refused",
        {"icmp-port-unreachable": 1},
        [RESET],
        False,
        "refused: icmp-port-unreachable: 1",
        "refused: tcp-reset: 1",
    ),
    (
        "sources",
        {"192.0.2.1": 1, "192.0.2.2": 1},
        [A, B, LOST],
        True,
        "by source: 192.0.2.1: 1, 192.0.2.2: 1",
        "by source: 192.0.2.1: 1, 192.0.2.2: 1",
    ),
    ("sources", {"192.0.2.1": 2}, [A, A, B], False, "by source: 192.0.2.1: 2", "by source: 192.0.2.1: 2, 192.0.2.2: 1"),
    ("sources", {"192.0.2.1": 0}, [LOST], True, "by source: 192.0.2.1: 0", "by source: none"),
    (
        "reached",
        {"server:80": 1, "203.0.113.8:3128": 1},
        [A, B, LOST],
        True,
        "by where they arrived: 203.0.113.8:3128: 1, server:80: 1",
        "by where they arrived: 203.0.113.8:3128: 1, server:80: 1",
    ),
    (
        "reached",
        {"server:80": 2},
        [A, B],
        False,
        "by where they arrived: server:80: 2",
        "by where they arrived: proxy:3128: 1, server:80: 1",
    ),
    ("reached", {"server": 1}, [PINGED], True, "by where they arrived: server: 1", "by where they arrived: server: 1"),
    (
        "order",
        ("192.0.2.1", "proxy:3128"),
        [A, B, A, B, A],
        True,
        "in this order, again and again: 192.0.2.1, proxy:3128",
        "server:80, proxy:3128, and so on for all 5",
    ),
    (
        "order",
        ("192.0.2.1", "dropped"),
        [A, LOST, A, A],
        False,
        "in this order, again and again: 192.0.2.1, dropped",
        "connection 4 is 192.0.2.1, not dropped; from connection 3 on: 192.0.2.1, 192.0.2.1",
    ),
    ("logged", 3, {"a": 1, "": 2}, True, "3 packets logged", "3 packets logged (no prefix: 2, a: 1)"),
    ("logged", {"a": 2}, {"a": 1}, False, "packets logged by prefix: a: 2", "packets logged by prefix: a: 1"),
    ("logged", 0, {}, True, "0 packets logged", "0 packets logged"),
    ("marks", {"0x1": 1, "0x0": 1}, [A, B, LOST], True, "by mark: 0x0: 1, 0x1: 1", "by mark: 0x0: 1, 0x1: 1"),
    ("connmarks", {"0x8": 1}, [A, B], False, "by connmark: 0x8: 1", "by connmark: 0x7: 1"),
    ("answers", 4, [A, B], True, "4 answers in all", "4 answers in all"),
    (
        "shares",
        {"192.0.2.1": Fraction(1, 2)},
        [A] * 60 + [B] * 40,
        True,
        "192.0.2.1: 1/2 of 100, within chance 26 to 74" + RARELY,
        "192.0.2.1: 60; 192.0.2.2: 40",
    ),
    (
        "shares",
        {"192.0.2.1": Fraction(1, 2)},
        [A] * 80 + [B] * 20,
        False,
        "192.0.2.1: 1/2 of 100, within chance 26 to 74" + RARELY,
        "192.0.2.1: 80; 192.0.2.2: 20",
    ),
    (
        "shares",
        {"192.0.2.1": Fraction(1, 2), "192.0.2.2": Fraction(1, 2)},
        [A] * 50 + [B] * 49 + [LOST],
        False,
        "192.0.2.1: 1/2 of 100, within chance 25 to 75; 192.0.2.2: 1/2 of 100, within chance 25 to 75" + RARELY,
        "192.0.2.1: 50; 192.0.2.2: 49; dropped: 1",
    ),
]


@pytest.mark.parametrize(
    ("name", "wanted", "found", "holds", "expected", "seen"),
    CASES,
    ids=[f"{case[0]}: {case[5]}"[:60] for case in CASES],
)
def test_it_is_held_against_what_was_seen(
    name: str, wanted: Any, found: list[Connection] | Mapping[str, int], holds: bool, expected: str, seen: str
) -> None:
    what = Seen((), found) if isinstance(found, dict) else Seen(tuple(found))

    judgement = judged(Expectation(name, wanted, 1e-6), what)

    assert (judgement.holds, judgement.expected, judgement.seen) == (holds, expected, seen)


def test_every_kind_has_a_case() -> None:
    assert {name for name, *_ in CASES} == KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_what_makes_no_sense_is_refused(name: str) -> None:
    with pytest.raises(BadValue):
        KINDS[name].reader(None, None)


def test_nothing_that_was_sent_in_order_holds_of_nothing() -> None:
    assert not judged(Expectation("order", ("dropped",)), Seen(())).holds
