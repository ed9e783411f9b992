"""What matches remember, held against the kernel: made-up rule sets get the same packets at the same times.

More of them with MODEL_N=2000.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from drytables.diagnostics.source import Source
from drytables.model.machine import Machine
from drytables.model.ruleset import Ruleset
from drytables.page.rules_of_text import rules_of_code

from .kernel import through
from .random_memories import Timed, make_timed
from .random_rules import HOST
from .test_machine_kernel import counted, seen

pytestmark = pytest.mark.starts_programs

VARIANTS = ["legacy", "nft"]
HOW_MANY = int(os.environ.get("MODEL_N", "1"))
MATCHES = ["connlimit", "hashlimit", "quota", "recent"]
#: How far the time at which the kernel looks at its clock may be from when a packet was sent, in seconds: two of its
#: ticks, and what a busy machine takes.
LATE = 0.03

Counts = dict[tuple[str, str, int], int]


def told(made: Timed, ruleset: Ruleset, times: Sequence[float]) -> list[Counts | None]:
    """What each packet adds to the counters of rules, if it comes at a time; None where that is not certain."""
    machine = Machine(ruleset, HOST)
    paths = [machine.send(packet, time) for packet, time in zip(made.packets, times, strict=True)]
    is_certain = [all(meeting.meets != "perhaps" for meeting in path.meetings) for path in paths]
    return [counted(path, ruleset) if sure else None for path, sure in zip(paths, is_certain, strict=True)]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("match", MATCHES)
def test_matches_remember_what_the_kernel_remembers(variant: str, match: str) -> None:
    """Packet by packet: the same rules count it, unless that hangs on a few hundredths of a second."""
    compared = packets = 0
    for seed in range(HOW_MANY):
        made = make_timed(seed, match)
        (ruleset,) = rules_of_code(Source("rules.v4", made.rules)).rulesets.values()
        answers = through(variant, made.rules, made.packets, waits=made.waits)
        times = [answer["at"] for answer in answers]
        sooner = told(made, ruleset, [time + LATE * (number % 2) for number, time in enumerate(times)])
        later = told(made, ruleset, [time + LATE * (1 - number % 2) for number, time in enumerate(times)])
        for number, (answer, expected) in enumerate(zip(answers, told(made, ruleset, times), strict=True)):
            packets += 1
            if expected is None or not expected == sooner[number] == later[number]:
                continue
            compared += 1
            where = f"packet {number} at {times[number] - times[0]:.3f}: {made.packets[number]}\n{made.rules}"
            assert expected == seen(answer, is_answered=False), where

    assert compared > 0.7 * packets
