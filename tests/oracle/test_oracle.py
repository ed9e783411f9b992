"""The verdicts, the canonical forms and the words we put into iptables' mouth, held against the real iptables.

ORACLE_N says how many commands are made up (1000), ORACLE_SEED from which number (1). A difference is shown with both
answers; the command itself is all it takes to see it again:

    ORACLE='iptables -A INPUT -j DROP' make oracle
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from case_files import all_cases
from conftest import need

from oracle.commands import command
from oracle.difference import Variant
from oracle.iptables import Oracle, missing

pytestmark = pytest.mark.starts_programs

COUNT = int(os.environ.get("ORACLE_N", "1000"))
SEED = int(os.environ.get("ORACLE_SEED", "1"))
#: nft is asked about one in so many: it reads the same grammar with the same code since 1.8.8.
NFT_EVERY = 4


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    """Return the real iptables, in a network namespace of its own."""
    lacking = missing()
    need(not lacking, lacking.partition(" (")[0], lacking.partition("(")[2].rstrip(")"))
    with Oracle() as oracle:
        yield oracle


def commands_of_cases() -> Iterator[str]:
    """The commands of the project's own cases that are judged as the newest release."""
    return (case.command for case in all_cases() if not case.release)


def differences(oracle: Oracle, lines: Iterator[str], variant: Variant) -> list[str]:
    """What iptables and drytables differ on."""
    return [str(found) for line in lines if (found := oracle.difference(line, variant))]


@pytest.mark.parametrize("variant", ["legacy", "nft"])
def test_the_cases_are_what_iptables_says(oracle: Oracle, variant: Variant) -> None:
    """A case that the real iptables contradicts is a wrong case."""
    found = differences(oracle, commands_of_cases(), variant)
    assert not found, "\n\n".join(found)


@pytest.mark.parametrize(
    ("variant", "numbers"),
    [("legacy", range(0, COUNT, 2)), ("legacy", range(1, COUNT, 2)), ("nft", range(0, COUNT, NFT_EVERY))],
    ids=["legacy-even", "legacy-odd", "nft"],
)
def test_made_up_commands_are_judged_as_iptables_does(oracle: Oracle, variant: Variant, numbers: range) -> None:
    """Commands out of the grammar, half of them spoilt."""
    given = os.environ.get("ORACLE")
    lines = iter([given]) if given else (command(SEED, number) for number in numbers)
    found = differences(oracle, lines, variant)
    assert not found, f"{len(found)} of {len(numbers)} from seed {SEED}:\n\n" + "\n\n".join(found)
