"""The way of a packet, held against the kernel's own TRACE of the same packet, rule by rule.

iptables-nft alone: `xtables-monitor --trace` prints each rule that a packet meets, in its order.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from conftest import need
from drytables.diagnostics.source import Source
from drytables.meaning.canonical import canonical
from drytables.model.machine import Machine
from drytables.model.path import Path
from drytables.page.rules_of_text import rules_of_code

from .kernel import through
from .random_rules import HOST, Made, make

pytestmark = pytest.mark.starts_programs

HOW_MANY = int(os.environ.get("MODEL_N", "4"))
_LINE = re.compile(r" *TRACE: \d+ \w+ (?P<table>\w+):(?P<chain>\w+):(?P<kind>\w+):(?P<rest>.*)")


def traced(lines: list[str]) -> list[list[str]]:
    """What the kernel traced of each packet: the rules as -S prints them, with their tables, and the policies.

    The rule that has a packet traced is the first that it meets. The numbers that packets have in the trace are no
    help: a packet may have that of the one before.
    """
    found: list[list[str]] = []
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            continue
        if match["rest"].endswith("-j TRACE"):
            found.append([])
        if match["kind"] == "rule":
            found[-1].append(match["rest"].partition("  -4 ")[2].strip())
        elif match["kind"] == "policy":
            found[-1].append(f"{match['table']} {match['chain']} policy {match['rest'].strip()}")
    return found


def told(path: Path) -> Iterator[str]:
    """The same, as the model has it."""
    for meeting in path.meetings:
        if meeting.placed is None:
            verdict = {"accepted": "ACCEPT", "dropped": "DROP"}[str(meeting.turns[0].effect.verdict)]
            yield f"{meeting.at.table} {meeting.chain} policy {verdict}"
        elif meeting.meets == "yes":
            yield f"-t {meeting.at.table} {canonical(meeting.placed.rule)}"


def with_trace(made: Made) -> Made:
    """A rule set that also traces what comes in, and what the machine sends unless those are answers.

    What it sends to itself would be traced twice, from both ends on.
    """
    chains = ("PREROUTING",) if "REJECT" in made.rules else ("PREROUTING", "OUTPUT")
    traces = "".join(f"-A {chain} -j TRACE\n" for chain in chains)
    raw = "*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
    has_raw = made.rules.startswith("*raw\n")
    head, _, rest = made.rules.partition("\n-A ") if has_raw else ("", "", "")
    if not has_raw:
        rules = f"{raw}{traces}COMMIT\n{made.rules}"
    elif head.endswith("COMMIT") or "\nCOMMIT" in head:
        rules = made.rules.replace("COMMIT\n", f"{traces}COMMIT\n", 1)
    else:
        rules = f"{head}\n{traces}-A {rest}"
    ways = {"in", "forward", *(["out"] if "OUTPUT" in chains else [])}
    packets = tuple(each for each in made.packets if each.way in ways)
    return Made(rules, packets)


@pytest.mark.parametrize("seed", range(HOW_MANY))
@pytest.mark.parametrize("with_nat", [False, True], ids=["without nat", "with nat"])
def test_a_packet_meets_the_rules_that_the_kernel_traces(seed: int, with_nat: bool) -> None:
    need(shutil.which("xtables-monitor"), "xtables-monitor", "install iptables")
    made = with_trace(make(seed, with_nat=with_nat))
    (ruleset,) = rules_of_code(Source("rules.v4", made.rules)).rulesets.values()
    machine = Machine(ruleset, HOST)

    lines = through("nft", made.rules, [*made.packets, made.packets[0]], asked="trace")

    expected = [[*told(machine.send(packet, 0))] for packet in made.packets]
    assert traced(lines)[:-1] == expected, made.rules
