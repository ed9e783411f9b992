"""The model of `-m statistic` held against the kernel: packets are sent through the rules, and their counters read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from drive import verdict_of
from drytables.meaning.spread import Spread, spreads
from oracle.iptables import missing

pytestmark = pytest.mark.starts_programs

PROGRAMS = ["iptables-legacy", "iptables-nft"]
NTH = "-m statistic --mode nth"
#: Far more than chance strays from the mean: one run in 500 million goes further.
SIX_DEVIATIONS = 6


def through(program: str, rules: list[str], packets: int, table: str, *, each: bool = True) -> list[Any]:
    """What the kernel does with packets: for each, how many every rule counted, and where it came from."""
    lacking = missing()
    need(not lacking, lacking.partition(" (")[0], lacking.partition("(")[2].rstrip(")"))
    request = {
        "program": program, "table": table, "chain": rules[0].split()[1],
        "rules": rules, "packets": packets, "each": each,
    }  # fmt: skip
    ran = subprocess.run(
        ["unshare", "--net", sys.executable, str(Path(__file__).parents[1] / "oracle" / "packets.py")],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "OUTER_NAMESPACE": str(Path("/proc/self/ns/net").readlink())},
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert isinstance(found, list)
    return found


def told(rules: list[str], table: str) -> Spread:
    """What is told of the rules."""
    (spread,) = spreads([verdict_of(f"iptables -t {table} {rule}").rule for rule in rules])
    assert isinstance(spread, Spread)
    return spread


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    "rules",
    [
        [f"{NTH} --every 3 --packet 0 -j ACCEPT", f"{NTH} --every 2 --packet 0 -j ACCEPT", "-j ACCEPT"],
        [f"{NTH} --every 3 --packet 0 -j ACCEPT"] * 3,
        [f"{NTH} --every 4 --packet 1 -j ACCEPT", f"{NTH} ! --every 3 --packet 2 -j DROP"],
        [f"{NTH} --every 3 --packet {packet} -j MARK --set-mark 1" for packet in range(3)],
        [f"{NTH} --every 2 --packet 1 {NTH} --every 3 --packet 2 -j ACCEPT", f"{NTH} --every 1 --packet 0 -j ACCEPT"],
        [f"{NTH} --every 5 --packet 4 -j DROP", f"{NTH} ! --every 1 --packet 0 -j ACCEPT"],
    ],
    ids=" / ".join,
)
def test_packets_take_their_turns(program: str, rules: list[str]) -> None:
    """Packet by packet, over more than one period."""
    lines = [f"-A OUTPUT -p udp {rule}" for rule in rules]
    outcome = told(lines, "mangle").outcome

    found = through(program, lines, packets=outcome.period + 3, table="mangle")

    matched = [tuple(number for number, count in enumerate(counts) if count) for counts, _ in found]
    assert matched == [*outcome.sequence, *(outcome.sequence * 3)[:3]]


@pytest.mark.parametrize("program", PROGRAMS)
def test_connections_take_the_addresses_in_turn(program: str) -> None:
    """The rules of the first post, as they are typed today: the address from which each connection arrives."""
    lines = [
        f"-A POSTROUTING -p udp {NTH} --every {4 - turn} --packet 0 -j SNAT --to 192.168.1.20{turn}"
        for turn in (1, 2, 3)
    ]
    spread = told(lines, "nat")

    found = through(program, lines, packets=10, table="nat")

    expected = [spread.shares[spread.outcome.sequence[turn % 3][0]].label for turn in range(10)]
    assert [source for _, source in found] == expected


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    "rules",
    [
        ["--probability 0.33 -j ACCEPT", "--probability 0.5 -j ACCEPT", "--probability 1 -j ACCEPT"],
        ["! --probability 0.1 -j ACCEPT", "--probability 0 -j ACCEPT"],
        [
            "--probability 0.5 -m statistic --mode nth --every 3 --packet 0 -j MARK --set-mark 1",
            "--probability 0.2 -j DROP",
        ],
    ],
    ids=" / ".join,
)
def test_chance_keeps_to_the_shares(program: str, rules: list[str]) -> None:
    """Within what chance allows."""
    lines = [f"-A OUTPUT -p udp -m statistic --mode random {rule}" for rule in rules]
    spread, packets = told(lines, "mangle"), 4000

    ((counts, _),) = through(program, lines, packets, "mangle", each=False)

    for count, share in zip(counts, map(float, spread.outcome.shares), strict=True):
        assert abs(count - packets * share) <= SIX_DEVIATIONS * (packets * share * (1 - share)) ** 0.5
