"""The model held against the kernel: made-up rule sets get the same packets, and count and change them in the same way.

More of them with MODEL_N=2000.
"""

from __future__ import annotations

import os
from fractions import Fraction
from typing import Any

import pytest
from drytables.diagnostics.source import Source
from drytables.model.machine import Machine
from drytables.model.packet import Packet, address_of
from drytables.model.path import Path as Way
from drytables.model.ruleset import Ruleset
from drytables.model.walk import walk
from drytables.page.rules_of_text import rules_of_code
from oracle.bytes_of_packets import ICMPV6, UDP, ends_in

from .kernel import through
from .random_rules import HOST, Made, make, make_chance

pytestmark = pytest.mark.starts_programs

VARIANTS = ["legacy", "nft"]
HOW_MANY = int(os.environ.get("MODEL_N", "4"))


def places_in(ruleset: Ruleset) -> dict[int, tuple[str, str, int]]:
    """The table, the chain and the number of each rule."""
    return {
        id(placed): (table, chain.name, number)
        for (_, table), chains in ruleset.tables.items()
        for chain in chains.values()
        for number, placed in enumerate(chain.rules)
    }


def counted(path: Way, ruleset: Ruleset) -> dict[tuple[str, str, int], int]:
    """What a packet adds to the counters of rules, by table, chain and number; the policy has the number -1."""
    places = places_in(ruleset)
    found: dict[tuple[str, str, int], int] = {}
    for meeting in path.meetings:
        assert meeting.meets != "perhaps", meeting
        if meeting.meets == "yes":
            key = (meeting.at.table, meeting.chain, -1) if meeting.placed is None else places[id(meeting.placed)]
            found[key] = found.get(key, 0) + 1
    return found


def shares(path: Way, ruleset: Ruleset) -> dict[tuple[str, str, int], Fraction]:
    """The shares of the packets that rules and policies count, by the same places."""
    places = places_in(ruleset)
    found: dict[tuple[str, str, int], Fraction] = {}
    for meeting in path.meetings:
        if meeting.meets != "no":
            key = (meeting.at.table, meeting.chain, -1) if meeting.placed is None else places[id(meeting.placed)]
            share = Fraction(1) if meeting.share is None else meeting.share
            found[key] = found.get(key, Fraction(0)) + meeting.comes * share
    return found


def seen(answer: dict[str, Any], *, is_answered: bool) -> dict[tuple[str, str, int], int]:
    """The same, as the kernel counted it, but for the answer that the machine itself sends to what it rejects."""
    found = {}
    for table, chains in answer["counted"].items():
        for chain, counts in chains.items():
            if is_answered and chain in ("OUTPUT", "POSTROUTING"):
                continue
            for number, count in enumerate(counts):
                if count:
                    found[table, chain, number if number < len(counts) - 1 else -1] = count
    return found


def compare(made: Made, variant: str) -> None:
    """Send the packets of a made-up rule set through both."""
    (ruleset,) = rules_of_code(Source("rules.v4", made.rules)).rulesets.values()
    machine = Machine(ruleset, HOST)
    answers = through(variant, made.rules, made.packets)
    for number, (packet, answer) in enumerate(zip(made.packets, answers, strict=True)):
        path = machine.send(packet, 0)
        where = f"packet {number}: {packet}\n{made.rules}"
        assert path.is_certain, f"{[each.branch.unknown for each in path.endings]} at {where}"
        fate = path.endings[0].fate
        assert counted(path, ruleset) == seen(answer, is_answered=fate.verdict == "rejected"), where
        if fate.packet.way in ("forward", "out") and fate.verdict in ("accepted", "dropped"):
            came = [ends_in(bytes.fromhex(data)) for name, data in answer["came"] if name == fate.packet.out_interface]
            left = fate.packet
            expected = (
                left.source, left.destination, left.source_port, left.destination_port, left.ttl, left.tos,
            )  # fmt: skip
            assert came == ([expected] if fate.verdict == "accepted" else []), where


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("seed", range(HOW_MANY))
@pytest.mark.parametrize("with_nat", [False, True], ids=["without nat", "with nat"])
def test_made_up_rules_do_what_the_kernel_does(variant: str, seed: int, with_nat: bool) -> None:
    """Packet by packet: the same rules count it, and it comes out the same."""
    compare(make(seed, with_nat=with_nat), variant)


#: Far more than chance strays from the mean: one rule in 500 million goes further.
SIX_DEVIATIONS = 6


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("seed", range(max(HOW_MANY // 2, 1)))
def test_chance_keeps_to_the_shares_that_are_predicted(variant: str, seed: int) -> None:
    """How many packets each rule counts, of a thousand: within six standard deviations of a binomial distribution.

    A counter behind chance strays less than that, since it takes its share exactly of whatever reaches it.
    """
    made = make_chance(seed)
    (ruleset,) = rules_of_code(Source("rules.v4", made.rules)).rulesets.values()
    expected = shares(walk(made.packets[0], ruleset), ruleset)

    (answer,) = through(variant, made.rules, made.packets, asked="all")

    found, count = seen(answer, is_answered=False), len(made.packets)
    for key in expected.keys() | found.keys():
        share = float(expected.get(key, 0))
        strays = SIX_DEVIATIONS * (count * share * (1 - share)) ** 0.5
        assert abs(found.get(key, 0) - count * share) <= strays + 1, f"{key}: {share}\n{made.rules}"


IPV6 = """\
*mangle
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:one - [0:0]
-A PREROUTING -p udp -s 2001:db8:1::/112 -j MARK --set-mark 0x1
-A PREROUTING -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j CONNMARK --set-mark 0x2
-A PREROUTING -m conntrack --ctstate NEW -m statistic --mode nth --every 2 --packet 1 -j one
-A FORWARD -m hl --hl-eq 63 -j HL --hl-inc 5
-A FORWARD -m connmark --mark 0x2 -j RETURN
-A FORWARD -d 2001:db8:2::9/128 -m mark --mark 0x1 -j DROP
-A one -p udp -m udp --dport 53 -j TOS --set-tos 0x10
COMMIT
"""


@pytest.mark.parametrize("variant", VARIANTS)
def test_ipv6_is_no_other(variant: str) -> None:
    """Its networks, its hop limit and its ICMP."""
    client, near, far = (address_of(text, "ipv6") for text in ("2001:db8:1::7", "2001:db8:2::8", "2001:db8:2::9"))
    packets = [
        Packet(
            family="ipv6", way="forward", protocol=protocol, source=client, destination=server, in_interface="in0",
            out_interface="out0", source_port=4000 + number, destination_port=53, ttl=64, tos=0, length=54,
            is_later_fragment=False, icmp_type=128 if protocol == ICMPV6 else None, icmp_code=0,
        )
        for number, (protocol, server) in enumerate([(UDP, near), (UDP, far), (ICMPV6, far), (UDP, near)])
    ]  # fmt: skip
    (ruleset,) = rules_of_code(Source("rules.v6", "# ip6tables-save\n" + IPV6)).rulesets.values()
    machine = Machine(ruleset)

    answers = through(variant, IPV6, packets, family="ipv6")

    for packet, answer in zip(packets, answers, strict=True):
        path = machine.send(packet)
        left = path.endings[0].fate.packet
        assert counted(path, ruleset) == {
            key: count for key, count in seen(answer, is_answered=True).items() if key[1] != "INPUT"
        }
        # The machine itself says what groups it listens to.
        came = [ends for _, data in answer["came"] if (ends := ends_in(bytes.fromhex(data)))[0] == client]
        ports = (left.source_port, left.destination_port) if left.protocol == UDP else (None, None)
        is_out = path.endings[0].verdict == "accepted"
        assert came == ([(left.source, left.destination, *ports, left.ttl, left.tos)] if is_out else [])
