"""Which rules together take all that a later one could match; advice/test_chains_kernel.py asks the kernel."""

from __future__ import annotations

import pytest
from drytables.model.conditions import conditions_of
from drytables.model.cover import may_change_packets
from drytables.model.together import RulesTogether

from .rules import ruleset


def covered_by(*rules: str, program: str = "iptables") -> list[int]:
    """The numbers of the rules that together cover the last one, counted from 1."""
    *earlier, last = ruleset(*(f"-A INPUT {rule}" for rule in rules), program=program).rules()
    together, changes = RulesTogether(), 0
    for placed in earlier:
        changes += may_change_packets(placed)
        if placed.goal in ("DROP", "ACCEPT"):
            together.add(placed, conditions_of(placed), changes)
    found = together.covering(conditions_of(last), changes, last.rule.family)
    return sorted(earlier.index(placed) + 1 for placed in found)


PORTS = ("-p tcp --dport 1:100 -j DROP", "-p tcp --dport 101:65535 -j DROP")


@pytest.mark.parametrize(
    ("rules", "by"),
    [
        ((*PORTS, "-p tcp --dport 22:200 -j ACCEPT"), [1, 2]),
        ((*PORTS, "-p tcp -m tcp -s 10.0.0.1 --dport 22:200 --syn -j ACCEPT"), [1, 2]),
        ((*PORTS, "-p tcp -m multiport --dports 22,443 -j ACCEPT"), [1, 2]),
        # Port 0 is one too, UDP has others, and fragments have none.
        ((*PORTS, "-p tcp --dport 0:200 -j ACCEPT"), []),
        ((*PORTS, "-p udp --dport 22:200 -j ACCEPT"), []),
        (("-p tcp --dport 0:100 -j DROP", PORTS[1], "-p tcp -j ACCEPT"), []),
        ((*PORTS, "-p tcp --sport 22:200 -j ACCEPT"), []),
        (("-s 10.0.0.0/9 -j DROP", "-s 10.128.0.0/9 -j ACCEPT", "-s 10.0.0.0/8 -j DROP"), [1, 2]),
        (("-s 10.0.0.0/9 -j DROP", "-s 10.128.0.0/10 -j ACCEPT", "-s 10.0.0.0/8 -j DROP"), []),
        (("-s 10.0.0.0/9 -p tcp -j DROP", "-s 10.128.0.0/9 -p udp -j ACCEPT", "-s 10.0.0.0/8 -j DROP"), []),
        (("-s 10.0.0.0/9 -i eth0 -j DROP", "-s 10.128.0.0/9 -i eth0 -j DROP", "-s 10.0.0.0/8 -i eth0 -j DROP"), [1, 2]),
        (("-s 10.0.0.0/9 -i eth0 -j DROP", "-s 10.128.0.0/9 -i eth0 -j DROP", "-s 10.0.0.0/8 -j DROP"), []),
        (("! -s 10.0.0.0/8 -j DROP", "-s 10.0.0.0/8 -j DROP", "-d 10.9.9.9 -j DROP"), [1, 2]),
        (("-s 0.0.0.0/1 -j DROP", "-s 128.0.0.0/1 -j DROP", "-j ACCEPT"), [1, 2]),
        (("-p tcp -j DROP", "! -p tcp -j DROP", "-m comment --comment x -j ACCEPT"), [1, 2]),
        (("-m state --state NEW,ESTABLISHED -j DROP", "-m conntrack --ctstate RELATED,INVALID -j DROP", "-j DROP"), []),
        (
            ("-m state --state NEW,ESTABLISHED -j DROP", "-m conntrack --ctstate RELATED,INVALID,UNTRACKED -j DROP",
             "-j ACCEPT"), [1, 2],
        ),
        (("-m mark --mark 1 -j DROP", "-m mark ! --mark 1 -j DROP", "-p tcp -j DROP"), [1, 2]),
        # A packet may be marked in between.
        (("-m mark --mark 1 -j DROP", "-p tcp -j MARK --set-mark 1", "-m mark ! --mark 1 -j DROP", "-j DROP"), []),
        ((PORTS[0], "-j MARK --set-mark 1", PORTS[1], "-p tcp --dport 22:200 -j DROP"), [1, 3]),
        # Some packets are longer than any number of 16 bits.
        (("-m length --length 0:99 -j DROP", "-m length --length 100:65535 -j DROP", "-j ACCEPT"), []),
        (("-p tcp --dport 1:100 -m limit --limit 1/s -j DROP", PORTS[1], "-p tcp --dport 22:200 -j ACCEPT"), []),
        (("-p tcp --dport 1:100 -m recent --set -j DROP", PORTS[1], "-p tcp --dport 22:200 -j ACCEPT"), []),
        (("-p tcp --dport $P -j DROP", PORTS[1], "-p tcp --dport 22:200 -j ACCEPT"), []),
        ((*tuple(f"-p tcp --dport {port} -j DROP" for port in range(1, 30)), "-p tcp --dport 3:29 -j ACCEPT"), []),
    ],
)  # fmt: skip
def test_rules_cover_others_together(rules: tuple[str, ...], by: list[int]) -> None:
    """For certain; of more than sixteen, nothing is said."""
    assert covered_by(*rules) == by


def test_both_halves_of_ipv6() -> None:
    rules = ("-s ::/1 -j DROP", "-s 8000::/1 -j DROP", "-p tcp -j ACCEPT")

    assert covered_by(*rules, program="ip6tables") == [1, 2]
