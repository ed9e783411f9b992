"""The ways that a packet may go: what follows from an assumption, how long it holds, and when two ways are one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from drytables.model.branch import MOST_BRANCHES, Assumed, Branch, merged
from drytables.model.condition import Counted, Single
from drytables.model.conditions import conditions_of
from drytables.model.packet import Packet

from .rules import placed


def condition(rule: str) -> Single:
    """The last condition of a rule."""
    found = conditions_of(placed(f"{rule} -j DROP"))[-1]
    assert not isinstance(found, Counted)
    return found


def assuming(rule: str, *, holds: bool, packet: Packet | None = None) -> Branch:
    """A way on which a condition is taken to hold or not."""
    packet = packet or Packet(mark=None)
    return Branch(packet).assuming(Assumed(condition(rule), holds, "its source"), packet)


@pytest.mark.parametrize(
    ("assumed", "holds", "asked", "answer"),
    [
        ("-s 10.0.0.0/8", True, "-s 10.0.0.0/8", True),
        ("-s 10.0.0.0/8", False, "-s 10.0.0.0/8", False),
        ("-s 10.0.0.0/8", False, "-s 10.1.0.0/16", False),
        ("-s 10.0.0.0/8", True, "-s 10.1.0.0/16", None),
        ("-s 10.1.0.0/16", True, "-s 10.0.0.0/8", True),
        ("-s 10.1.0.0/16", True, "! -s 10.0.0.0/8", False),
        ("-s 10.1.0.0/16", False, "-s 10.0.0.0/8", None),
        ("-s 10.0.0.0/8", True, "-d 10.0.0.0/8", None),
        ("-p tcp --dport 22", True, "-p tcp -m multiport --dports 22,80", True),
        ("-m set --match-set a src", True, "-m set --match-set a src", True),
    ],
)
def test_what_follows(assumed: str, holds: bool, asked: str, answer: bool | None) -> None:
    assert assuming(assumed, holds=holds).recall(condition(asked)) is answer


def test_an_assumption_ends_when_what_it_is_about_is_changed() -> None:
    branch = assuming("-m mark --mark 1", holds=True)

    changed = branch.changed(branch.packet.changed(mark=2)).changed(branch.packet.changed(mark=None))

    assert changed.recall(condition("-m mark --mark 1")) is None
    assert changed.unknown == ("its source",)
    assert branch.changed(branch.packet.changed(tos=2)).recall(condition("-m mark --mark 1")) is True


def test_two_ways_that_a_question_parted_are_one_without_it() -> None:
    (branch,) = merged([assuming("-s 10.0.0.1", holds=True), assuming("-s 10.0.0.1", holds=False)])

    assert (branch.unknown, branch.chance) == ((), 1)


def test_the_shares_of_ways_that_chance_parted_add_up() -> None:
    whole = Branch(Packet())
    (branch,) = merged([whole.by_chance(Fraction(1, 3)), whole.by_chance(Fraction(2, 3))])

    assert branch == whole


def test_of_too_many_ways_only_what_they_share_is_known() -> None:
    packets = [Packet(mark=number, tos=3) for number in range(MOST_BRANCHES + 1)]
    (branch,) = merged([Branch(packet).by_chance(Fraction(1, len(packets))) for packet in packets])

    assert (branch.packet.mark, branch.packet.tos, branch.chance) == (None, 3, 1)
    assert branch.unknown == ("which of many ways it goes",)
