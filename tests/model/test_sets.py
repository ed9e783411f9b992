"""Which sets of addresses are known from `ipset` commands, and what is in them, held against the kernel."""

from __future__ import annotations

import shutil

import pytest
from conftest import need
from drytables.diagnostics.source import Source
from drytables.model.machine import Machine
from drytables.model.path import Path
from drytables.model.ruleset import Ruleset
from drytables.model.values import Ranges
from drytables.model.walk import walk
from drytables.page.rules_of_text import rules_of_code

from .kernel import through
from .random_rules import CLIENTS, HOST, make
from .rules import packet
from .test_machine_kernel import counted, seen

RULE = "iptables -A INPUT -m set --match-set bad src -j DROP"
NEW = "ipset create bad hash:ip"


def after(*commands: str) -> Ruleset:
    """What some commands result in, and a rule that looks into the set `bad`."""
    return rules_of_code(Source("rules.sh", "\n".join([*commands, RULE, ""]))).rulesets[""]


@pytest.mark.parametrize(
    ("commands", "addresses"),
    [
        ([NEW, "ipset add bad 0.0.0.9", "ipset -A bad 0.0.0.4-0.0.0.8"], [(4, 9)]),
        (["sudo ipset -N bad iphash", "ipset -q add bad 0.0.0.9", "ipset del bad 0.0.0.9"], []),
        (["ipset create bad hash:net maxelem 9 comment", "ipset add bad 0.0.1.0/24 comment it"], [(256, 511)]),
        ([NEW, f"{NEW} -exist", "ipset add bad 0.0.0.1"], [(1, 1)]),
        (["ipset create new hash:ip", "ipset add new 0.0.0.1", "ipset rename new bad"], [(1, 1)]),
        (["ipset create new hash:ip", "ipset add new 0.0.0.1", NEW, "ipset swap new bad"], [(1, 1)]),
        ([NEW, "ipset add bad 0.0.0.1", "ipset flush bad", "ipset list bad"], []),
        # What may end, or is not written out, is not known.
        (["ipset create bad hash:ip timeout 60", "ipset add bad 0.0.0.9"], None),
        (["ipset create bad hash:net", "ipset add bad 10.0.0.0/8", "ipset add bad 10.1.0.0/16 nomatch"], None),
        ([NEW, "ipset add bad $HOST"], None),
        ([NEW, "ipset add bad example.org"], None),
        ([NEW, "for at in 1 2; do ipset add bad 0.0.0.1; done"], None),
        (["ipset create bad hash:ip,port", "ipset add bad 10.0.0.1,80"], None),
        ([NEW, "ipset restore < more", "ipset add bad 0.0.0.1"], None),
        (["ipset restore < more", NEW], None),
        (["ipset create bad hash:ip family inet6", "ipset add bad ::1"], None),
        ([NEW, "iptables -A FORWARD -j SET --add-set bad src"], None),
        ([NEW, "ipset add bad 0.0.0.1-0.0.0.9", "ipset del bad 0.0.0.3"], None),
        (["ipset add bad 0.0.0.1"], None),
    ],
)
def test_what_is_in_a_set(commands: list[str], addresses: list[tuple[int, int]] | None) -> None:
    known = after(*commands).sets.get("bad")
    found = known.addresses if known is not None and known.family == "ipv4" else None

    assert found == (None if addresses is None else Ranges(tuple(addresses)))


def verdicts(path: Path) -> list[str]:
    """Where a packet may end."""
    return sorted(ending.verdict for ending in path.endings)


def test_a_packet_is_looked_up_in_a_set_that_is_known() -> None:
    made = ("ipset create bad hash:net", "ipset add bad 10.0.0.0/8")
    unknown = walk(packet("-s 10.1.2.3 into eth0"), after())

    assert verdicts(walk(packet("-s 10.1.2.3 into eth0"), after(*made))) == ["dropped"]
    assert verdicts(walk(packet("-s 192.0.2.3 into eth0"), after(*made))) == ["accepted"]
    assert verdicts(unknown) == ["accepted", "dropped"]
    assert unknown.endings[0].branch.unknown == ("what is in the set",)


SETS = """\
create some hash:ip
add some 192.0.2.7
add some 198.51.100.8-198.51.100.9
create nets hash:net
add nets 192.0.2.64/26
add nets 198.51.100.10
"""
RULES = """\
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -m set --match-set some src
-A INPUT -m set ! --match-set nets src -j RETURN
-A FORWARD -m set --match-set some dst
-A FORWARD -m set --match-set nets src -m set ! --match-set some dst -j DROP
-A FORWARD -m set --match-set nets dst
COMMIT
"""


@pytest.mark.starts_programs
@pytest.mark.parametrize("variant", ["legacy", "nft"])
def test_the_kernel_finds_the_same(variant: str) -> None:
    need(shutil.which("ipset"), "ipset", "install ipset")
    script = "".join(f"ipset {line}\n" for line in SETS.splitlines())
    script += "".join(f"iptables {line}\n" for line in RULES.splitlines() if line.startswith("-A"))
    ruleset = rules_of_code(Source("rules.sh", script)).rulesets[""]
    machine = Machine(ruleset, HOST)
    ways = [each for each in make(1, with_nat=False).packets if each.way in ("in", "forward")]
    packets = [each.changed(source=client) for each in ways for client in CLIENTS]

    answers = through(variant, RULES, packets, sets=SETS)

    for each, answer in zip(packets, answers, strict=True):
        told = counted(machine.send(each, 0), ruleset)
        found = {key: count for key, count in seen(answer, is_answered=True).items() if key[2] >= 0}
        assert {key: count for key, count in told.items() if key[2] >= 0} == found, each
