"""How long a command may be, and how much is told of one."""

import pytest
from drive import verdict_of
from drytables.judging.parsing.parse import MOST_DIAGNOSTICS


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("iptables -A INPUT -m comment --comment " + "a" * 0x1FFFF, False),
        ("iptables -A INPUT -m comment --comment " + "a" * 0x20000, True),
        ("iptables -A INPUT -m comment --comment " + "€" * 0xB000, True),
        ("iptables -A INPUT -p tcp" + " -m tcp" * 2048, False),
        ("iptables -A INPUT -p tcp" + " -m tcp" * 2049, True),
        ("iptables -L" + " -v" * 190_000, False),
        ("iptables -L" + " -v" * 191_000, True),
    ],
    ids=["word", "long word", "word of long letters", "matches", "many matches", "words", "many words"],
)
def test_a_command_is_as_long_as_linux_lets_it_be(line: str, is_refused: bool) -> None:
    """The limits of execve are those at which it began to say no, tried with /bin/true on Linux 6.18; that of matches
    is one that no rule comes to, since each has something to remember.
    """
    refusal = verdict_of(line).refusal

    assert (refusal is not None and refusal.code == "too-long") is is_refused


@pytest.mark.parametrize("rest", [" !", " -p tcp", " --dport 1"])
def test_not_more_is_told_of_a_command_than_anybody_reads(rest: str) -> None:
    verdict = verdict_of(f"iptables -A INPUT -p tcp{rest * 3_000}")

    assert 1 < len(verdict.diagnostics) <= MOST_DIAGNOSTICS + 1
