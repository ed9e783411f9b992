"""The way of one packet, of which not everything is known: each way that remains possible, and what decides."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest
from drytables.diagnostics.source import Source
from drytables.model.deciding import decisions
from drytables.model.host import Host
from drytables.model.packet import STATES, address_of, written
from drytables.model.path import Ending, Path
from drytables.model.walk import walk
from drytables.page.rules_of_text import rules_of_code

from .random_rules import HOST, make
from .rules import packet, ruleset


def ends(path: Path, rules: list[str]) -> list[str]:
    """What decides, in order: the number of the rule, from 1, or the policy, what it does, and what that depends on."""
    lines = []
    for decision in decisions(path):
        placed = decision.meeting.placed
        spans = [sum(len(f"iptables {rule}\n") for rule in rules[:number]) for number in range(len(rules))]
        by = "policy" if placed is None else str(spans.index(placed.span.start) + 1)
        asked = " and ".join(f"{question.condition}" for question in decision.asked)
        share = f" {decision.meeting.share}" if decision.meeting.share is not None else ""
        lines.append(f"{by} {decision.verdict}{share}{f' if {asked}' if asked else ''}")
    return lines


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        (["-A INPUT -p tcp --dport 22 -j ACCEPT", "-P INPUT DROP"], "tcp --dport 22", ["1 accepted"]),
        (["-A INPUT -p tcp --dport 22 -j ACCEPT", "-P INPUT DROP"], "-p tcp --dport 23", ["policy dropped"]),
        (
            ["-A INPUT -p tcp --dport 22 -j ACCEPT", "-P INPUT DROP"], "tcp",
            ["1 accepted if --dport 22", "policy dropped"],
        ),
        (["-A OUTPUT -j DROP"], "tcp into eth0", []),
        (["-A INPUT -s 10.0.0.0/8 -j DROP", "-A INPUT -s 10.1.2.3 -j ACCEPT", "-A INPUT -j REJECT"], "tcp",
         ["1 dropped if -s 10.0.0.0/8", "3 rejected"]),
        (["-A INPUT -s 10.1.2.3 -j DROP", "-A INPUT -s 10.0.0.0/8 -j ACCEPT", "-A INPUT -j REJECT"], "tcp",
         ["1 dropped if -s 10.1.2.3", "2 accepted if -s 10.0.0.0/8", "3 rejected"]),
        (["-A INPUT -m state --state ESTABLISHED -j ACCEPT", "-A INPUT -m conntrack ! --ctstate ESTABLISHED -j DROP"],
         "tcp", ["1 accepted if --state ESTABLISHED", "2 dropped"]),
        (["-A INPUT -m state --state NEW -j DROP", "-A INPUT -m state --state NEW -j ACCEPT"], "tcp new",
         ["1 dropped"]),
        (["-N a", "-A INPUT -p tcp -j a", "-A a -s 10.0.0.1 -j RETURN", "-A a -j DROP", "-A INPUT -j ACCEPT"], "tcp",
         ["4 dropped", "5 accepted"]),
        (["-N a", "-A INPUT -g a", "-A INPUT -j DROP", "-A a -p udp -j DROP"], "tcp", ["policy accepted"]),
        (["-N a", "-N b", "-A INPUT -j a", "-A INPUT -j DROP", "-A a -g b", "-A a -j ACCEPT", "-A b -p udp -j ACCEPT"],
         "tcp", ["4 dropped"]),
        (["-A INPUT -s $GOOD -j ACCEPT", "-A INPUT -j DROP"], "tcp from 10.0.0.1",
         ["1 accepted if -s $GOOD", "2 dropped"]),
        (["-A INPUT -j DOCKER-USER", "-A INPUT -j DROP"], "tcp", ["1 unknown", "2 dropped"]),
        (["-A INPUT -m statistic --mode random --probability 0.25 -j DROP", "-A INPUT -j REJECT"], "tcp",
         ["1 dropped 1/4", "2 rejected"]),
        (["-A INPUT -m statistic --mode nth --every 3 --packet 0 -j DROP", "-A INPUT -m statistic --mode nth --every 2 "
          "--packet 0 -j REJECT"], "tcp", ["1 dropped 1/3", "2 rejected 1/2", "policy accepted"]),
        (["-A INPUT -m limit -j ACCEPT", "-A INPUT -j DROP"], "tcp", ["1 accepted if -m limit", "2 dropped"]),
        (["-A INPUT -m recent --rcheck --name x -j DROP"], "tcp",
         ["1 dropped if -m recent --rcheck --name x", "policy accepted"]),
        (["-t mangle -A PREROUTING -s 10.0.0.1 -j MARK --set-mark 1", "-A INPUT -m mark --mark 1 -j DROP"], "tcp",
         ["2 dropped", "policy accepted"]),
        (["-t raw -A PREROUTING -j NOTRACK", "-A INPUT -m conntrack --ctstate UNTRACKED -j DROP"], "tcp",
         ["2 dropped"]),
        (["-A INPUT -i lo -j ACCEPT", "-A INPUT -j DROP"], "udp out of lo", ["1 accepted"]),
        (["-A FORWARD -m ttl --ttl-eq 63 -j DROP"], "tcp into eth0 out of eth1 -m ttl --ttl-eq 64", ["1 dropped"]),
        (["-A FORWARD -j ACCEPT"], "tcp into eth0 out of eth1 -m ttl --ttl-eq 1", []),
        (["-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j REDIRECT", "-A INPUT -j DROP"], "udp",
         ["2 dropped"]),
        (["-A INPUT -m addrtype --dst-type LOCAL -j DROP"], "tcp", ["1 dropped"]),
        (["-A INPUT -m addrtype --dst-type LOCAL -j DROP"], "udp",
         ["1 dropped if --dst-type LOCAL", "policy accepted"]),
        (["-A INPUT -m addrtype --dst-type MULTICAST -j DROP"], "udp to 224.0.0.1", ["1 dropped"]),
        (["-A INPUT -p udp -j NFQUEUE", "-A INPUT -j DROP"], "udp", ["1 queued"]),
        (["-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3128", "-A INPUT -p tcp --dport 3128 -j DROP"],
         "tcp to 192.0.2.1:80 new into eth0", ["2 dropped"]),
        (["-t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to 10.0.0.5", "-A FORWARD -d 10.0.0.5 -j ACCEPT",
          "-P INPUT DROP"],
         "tcp to 192.0.2.1:80 new into eth0",
         ["policy dropped if its new destination is this machine",
          "2 accepted if not: its new destination is this machine"]),
    ],
)  # fmt: skip
def test_what_decides(rules: list[str], text: str, expected: list[str]) -> None:
    assert ends(walk(packet(text), ruleset(*rules)), rules) == expected


def test_a_packet_whose_time_is_over_goes_no_further() -> None:
    path = walk(packet("tcp into eth0 out of eth1 -m ttl --ttl-eq 1"), ruleset("-A FORWARD -j ACCEPT"))

    assert [(ending.verdict, ending.answer) for ending in path.endings] == [("dropped", "time-exceeded")]


def test_where_a_packet_goes_is_known_of_a_machine_whose_addresses_are() -> None:
    rules = ruleset("-t nat -A PREROUTING -j DNAT --to 10.0.0.5", "-A INPUT -j DROP")
    address = address_of("10.0.0.5", "ipv4")
    assert address is not None
    sent = packet("tcp to 192.0.2.1:80 new into eth0")

    here = walk(sent, rules, Host({("ipv4", "eth1"): (address,)}))
    there = walk(sent, rules, Host({("ipv4", "eth1"): (address + 1,)}))

    assert [each.verdict for each in here.endings] == ["dropped"]
    assert [(each.verdict, each.branch.packet.way) for each in there.endings] == [("accepted", "forward")]


def test_a_later_packet_is_changed_as_was_decided_and_that_is_not_known() -> None:
    rules = ruleset("-t nat -A POSTROUTING -j SNAT --to 203.0.113.1")

    (ending,) = walk(packet("tcp from 10.0.0.1:99 established into eth0 out of eth1"), rules).endings

    assert written(ending.branch.packet.source, "ipv4") == "?"
    assert not any(meeting.at.table == "nat" for meeting in walk(packet("tcp established out of eth1"), rules).meetings)


def test_chains_without_end_are_followed_so_far() -> None:
    """Each chain jumps twice to the next: the last would be met two to the power of their number times."""
    chains = [f"-N c{number}" for number in range(40)]
    jumps = [f"-A c{number} -p tcp -j c{number + 1}" for number in range(39) for _ in range(2)]

    path = walk(packet("tcp"), ruleset(*chains, *jumps, "-A INPUT -j c0"))

    assert [ending.verdict for ending in path.endings] == ["unknown"]


def test_many_ways_become_one_of_which_less_is_known() -> None:
    rules = [f"-t mangle -A INPUT -s 10.0.0.{number} -j MARK --or-mark {1 << number}" for number in range(20)]

    path = walk(packet("tcp"), ruleset(*rules, "-A INPUT -m mark --mark 0 -j DROP"))

    assert {ending.verdict for ending in path.endings} == {"accepted", "dropped"}
    assert len(path.endings) < 50


SEEDS = int(os.environ.get("MODEL_N", "40"))
#: Fields of which nothing may be said, and what stands for that.
FORGETTABLE = {
    **dict.fromkeys(("source", "destination", "source_port", "destination_port", "in_interface", "out_interface")),
    **dict.fromkeys(("tcp_flags", "ttl", "tos", "mark", "length", "is_later_fragment", "protocol")),
    "states": frozenset(STATES),
}


#: What the rules change of a packet.
CHANGEABLE = (
    "source",
    "destination",
    "source_port",
    "destination_port",
    "mark",
    "connection_mark",
    "tos",
    "ttl",
    "way",
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_of_a_packet_of_which_less_is_said_no_possible_end_is_lost(seed: int) -> None:
    """Whatever is left out of its description, how the whole packet ends is among the ways that remain."""
    random, made = Random(seed), make(seed, with_nat=seed % 2 == 1)
    (rules,) = rules_of_code(Source("rules.v4", made.rules)).rulesets.values()
    for whole in made.packets:
        if whole.way == "forward" and whole.in_interface == "out0":
            continue  # an answer, of which it depends on the packets before where it goes
        known = whole.changed(states=frozenset({"NEW"}))
        forgotten = random.sample(sorted(FORGETTABLE), random.randrange(1, 6))
        partial = known.changed(**{name: FORGETTABLE[name] for name in forgotten})

        remaining = walk(partial, rules, HOST).endings

        for ending in walk(known, rules, HOST).endings:
            assert any(map(partial_of(ending), remaining)), f"without {forgotten}: {known}\n{made.rules}"


def partial_of(whole: Ending) -> Callable[[Ending], bool]:
    """Tells whether another ending says the same as one, as far as it says anything."""

    def is_partial(other: Ending) -> bool:
        pairs = ((getattr(whole.branch.packet, name), getattr(other.branch.packet, name)) for name in CHANGEABLE)
        return other.verdict == whole.verdict and all(there in (None, here) for here, there in pairs)

    return is_partial
