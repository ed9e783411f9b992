"""Rules that are told as never matching, held against the kernel: none of its packets is counted there.

More of them with MODEL_N=200.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from drytables.advice.chains import about_chains
from drytables.diagnostics.codes.advice import COVERED_RULE
from drytables.diagnostics.source import Source
from drytables.page.rules_of_text import rules_of_code
from model.kernel import through
from model.random_rules import make

pytestmark = pytest.mark.starts_programs

HOW_MANY = int(os.environ.get("MODEL_N", "3"))
#: A table in which several rules cover others together.
WITH_SEVERAL = 58
_CONDITIONS = (
    "-s 192.0.2.0/24", "-s 192.0.2.0/28", "-s 192.0.2.7", "! -s 192.0.2.7", "-d 192.0.2.1", "-d 198.51.100.0/24",
    "-i in0", "-i in+", "! -i lo", "-p udp", "-p tcp", "-p udp -m udp --dport 53", "-p udp -m udp --dport 50:200",
    "-p udp -m multiport --dports 53,123", "-p udp -m udp --dport 0:100", "-p udp -m udp --dport 101:65535",
    "-s 0.0.0.0/1", "-s 128.0.0.0/1", "! -p udp", "-m mark ! --mark 0x1", "-p icmp", "-m mark --mark 0x1",
    "-m ttl --ttl-gt 10", "-m conntrack --ctstate NEW", "-m conntrack --ctstate NEW,ESTABLISHED",
    "-m length --length 0:200",
)  # fmt: skip
_TARGETS = ("-j ACCEPT", "-j DROP", "-j RETURN", "-g one", "-j one", "-j MARK --set-mark 0x1", "")


def table(random: Random) -> str:
    """A table with one long chain, whose rules often ask for parts of what others ask for."""
    lines = ["*mangle", ":PREROUTING ACCEPT [0:0]", ":one - [0:0]", "-A one -p udp -j MARK --set-mark 0x2"]
    for _ in range(25):
        chosen = random.sample(_CONDITIONS, random.choice([1, 1, 2, 2, 3]))
        # An option, and a match, can be given once in a rule.
        kept = {each.lstrip("! ")[:4] if each.startswith("-m") else each.lstrip("! ")[:2]: each for each in chosen}
        lines.append(" ".join(filter(None, ["-A PREROUTING", *kept.values(), random.choice(_TARGETS)])))
    return "\n".join([*lines, "COMMIT", ""])


@pytest.mark.parametrize("variant", ["legacy", "nft"])
def test_no_packet_is_counted_at_a_covered_rule(variant: str) -> None:
    told = together = 0
    for seed in (*range(HOW_MANY), WITH_SEVERAL):
        text = table(Random(seed))
        source = Source("rules", text)
        chain = rules_of_code(source).rulesets[""].chain("ipv4", "mangle", "PREROUTING")
        assert chain is not None and len(chain.rules) == 25
        notes = [each for each in about_chains(source, chain) if each.code == COVERED_RULE]
        covered = {each.span.start for each in notes}
        (answer,) = through(variant, text, make(seed, with_nat=False).packets, asked="all")
        counts = answer["counted"]["mangle"]["PREROUTING"]
        for number, placed in enumerate(chain.rules):
            assert placed.span.start not in covered or counts[number] == 0, f"{placed.text}\n{text}"
        told += len(covered)
        together += sum(len(each.causes) > 1 for each in notes)

    assert told > together > 0
