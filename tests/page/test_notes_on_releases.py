"""Which older release took a refused command: said only where one is known to have taken it, and meant the same."""

import re

import pytest
from case_files import all_cases
from drive import report_of, report_of_code, verdict_of
from drytables.grammar.history.releases import NEWEST

TOOK = re.compile(r"iptables (\S+) took it; .* mark the fence \{\.sh iptables=\"(\S+)\"\}")


def took(line: str) -> str:
    """The release that the diagnostics of a command say took it; empty if none is named."""
    report = report_of_code(line)
    found = {match.groups() for each in report.all_diagnostics() for note in each.notes if (match := TOOK.match(note))}
    assert len(found) < 2
    release, mark = next(iter(found), ("", ""))
    assert release == mark
    return release


@pytest.mark.parametrize(
    ("line", "release"),
    [
        ("iptables -A INPUT -m statistic --mode nth --every 3", "1.4.10"),
        ("iptables -A INPUT -p udp --dport ! 53", "1.4.10"),
        ("iptables -A INPUT -p tcp --dport ! 53", "1.4.11.1"),
        ("iptables -A INPUT -m u32", "1.4.10"),
        ("iptables -A INPUT -m conntrack --ctproto 0", "1.8.9"),
        ("iptables -A INPUT -m limit --limit 1/s --limit 2/s", "1.4.10"),
        ("iptables -A INPUT -m state", ""),
        ("iptables -A INPUT -m connlimit -j DROP", ""),
        ("iptables -A INPUT -m ttl --ttl-eq 9 --ttl-eq 9", ""),
        ("iptables -A INPUT -m dscp --dscp 4 --dscp-class CS1", ""),
        ("iptables -A INPUT -m statistic --mode random --every 3", ""),
        ("iptables -A INPUT -m mark --mark ! 7", ""),
        ("iptables -A INPUT -m quota --quota 5k", ""),
        ("iptables -A INPUT -j REJECT ! --reject-with icmp-net-unreachable", ""),
        ("iptables -A INPUT -s 192.0.2.1,,192.0.2.2", ""),
    ],
)
def test_the_release_that_a_note_names(line: str, release: str) -> None:
    assert took(line) == release


def test_a_release_that_a_note_names_accepts_the_command_for_what_it_is() -> None:
    for case in all_cases():
        if case.release or case.expected.startswith(("ok", "needs", "open")):
            continue
        release = took(case.command)
        if release:
            verdict = verdict_of(case.command, release)
            assert verdict.status == "accepted" and not verdict.misreading, (case.place, release)


def test_a_mark_for_a_release_that_refuses_the_command_fails() -> None:
    """With the words of that release."""
    mark = 'Title: x\n\n```{.sh iptables="1.4.10"}\niptables -A INPUT -m state -j DROP\n```\n'
    report = report_of(mark)
    (diagnostic,) = report.all_diagnostics()

    assert report.is_refused
    assert diagnostic.quote is not None and (diagnostic.quote.words, diagnostic.quote.since) == (
        'You must specify "--state"',
        "",
    )
    assert NEWEST not in str(diagnostic.notes)
