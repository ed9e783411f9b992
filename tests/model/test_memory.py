"""What matches remember: the same counters as in `meaning.evaluate`, and buckets."""

from __future__ import annotations

from fractions import Fraction

import pytest
from drytables.meaning.spread import Spread, spreads
from drytables.model.host import Host
from drytables.model.machine import Machine
from drytables.model.memory import Remembering
from drytables.model.packet import Packet
from drytables.model.walk import Walker, walk

from .rules import packet, ruleset

NTH = "-m statistic --mode nth"


@pytest.mark.parametrize("first", range(1, 5))
@pytest.mark.parametrize("second", range(1, 5))
@pytest.mark.parametrize("target", ["DROP", "MARK --set-mark 1"])
def test_a_machine_counts_as_the_drawing_of_a_page_says(first: int, second: int, target: str) -> None:
    """Packet by packet, over a whole period; and in the long run, the same shares."""
    rules = ruleset(
        f"-t mangle -A INPUT {NTH} --every {first} --packet {first - 1} -j {target}",
        f"-t mangle -A INPUT {NTH} ! --every {second} --packet 0 {NTH} --every 3 --packet 2 -j DROP",
    )
    (spread,) = spreads([each.rule for each in rules.rules()])
    assert isinstance(spread, Spread)
    machine = Machine(rules)
    numbers = {id(placed): number for number, placed in enumerate(rules.rules())}

    met = [
        tuple(
            numbers[id(meeting.placed)]
            for meeting in machine.send(packet("udp")).meetings
            if meeting.placed is not None and meeting.meets == "yes"
        )
        for _ in range(spread.outcome.period)
    ]

    assert met == [*spread.outcome.sequence]
    long = [meeting for meeting in walk(packet("udp"), rules).meetings if meeting.placed is not None]
    shares = [
        meeting.comes * (meeting.share if meeting.share is not None else int(meeting.meets == "yes"))
        for meeting in long
    ]
    assert shares == [*spread.outcome.shares][: len(shares)]


def test_a_counter_behind_chance_gives_its_share() -> None:
    machine = Machine(
        ruleset(f"-A INPUT -m statistic --mode random --probability 0.5 {NTH} --every 4 --packet 0 -j DROP")
    )

    first, second = (machine.send(packet("udp")) for _ in range(2))

    # The first packet that the counter sees is the one that it lets through.
    assert {ending.verdict: ending.branch.chance for ending in first.endings} == {
        "dropped": Fraction(1, 2), "accepted": Fraction(1, 2),
    }  # fmt: skip
    assert {ending.verdict: ending.branch.chance for ending in second.endings} == {
        "dropped": Fraction(1, 8), "accepted": Fraction(7, 8),
    }  # fmt: skip


def test_a_bucket_fills_with_the_time() -> None:
    walker = Walker(
        ruleset("-A INPUT -m limit --limit 1/min --limit-burst 2 -j ACCEPT", "-A INPUT -j DROP"), Host(), Remembering()
    )

    verdicts = [walker.walk(packet("udp new"), Fraction(time)).endings[0].verdict for time in (0, 1, 2, 60, 61, 121)]

    assert verdicts == ["accepted", "accepted", "dropped", "accepted", "dropped", "accepted"]


def test_a_bucket_that_only_some_packets_reach_gives_no_answer() -> None:
    machine = Machine(ruleset("-A INPUT -s 10.0.0.1 -m limit --limit 1/min -j DROP"))

    path = machine.send(Packet(protocol=17), 0)

    assert not path.is_certain
    assert {*path.endings[0].branch.unknown} == {"its source address", "how many packets came before it"}
