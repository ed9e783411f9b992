"""The oldest release that takes a command."""

import pytest
from case_files import Case, cases_by_file
from drive import verdict_of
from drytables.grammar.history.releases import NEWEST
from drytables.judging.since import since


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("iptables -A INPUT -s 10.0.0.1 -j DROP", "1.1.0"),
        ("iptables -A INPUT -s 10.0.0.1,10.0.0.2 -j DROP", "1.4.5"),
        ("iptables -A INPUT -m limit -m limit", "1.3.6"),
        ("iptables -A INPUT -g MINE", "1.3.5"),
        ("iptables -S", "1.4.1"),
        ("iptables -C INPUT -j DROP", "1.4.11"),
        ("iptables -w 5 -A INPUT", "1.6.0"),
        ("iptables -w -A INPUT", "1.4.20"),
        ("iptables -Z INPUT 2", "1.4.6"),
        ("iptables -A INPUT -c 1,2", "1.4.1"),
        ("iptables -A INPUT -m mark --mark 1 -m connmark --mark 2", "1.4.11"),
        ("ip6tables -t nat -A POSTROUTING -j MASQUERADE", "1.4.17"),
        ("iptables -A INPUT -m pkttype --pkt-type otherhost", "1.8.9"),
        ("iptables -A INPUT -m pkttype --pkt-type host", "1.2.2"),
        ("ip6tables -A INPUT -j REJECT --reject-with policy-fail", "1.6.0"),
        ("iptables -t mangle -A INPUT -j MARK --set-mark 1/1", "1.4.1"),
        ("iptables -A INPUT -m iprange --src-range 192.0.2.1", "1.4.6"),
        ("iptables -A INPUT -p tcp -m multiport --dports 20:21", "1.3.0"),
        ("ip6tables -A INPUT -p tcp -m multiport --dports 20:21", "1.3.7"),
        ("iptables -A INPUT -p tcp -m multiport ! --dports 20", "1.3.0"),
        ("iptables -A INPUT -m hashlimit --hashlimit 5/s --hashlimit-name x", "1.3.0"),
        ("iptables -A INPUT -m hashlimit --hashlimit 5/s --hashlimit-name x --hashlimit-burst 20000", "1.6.1"),
        ("iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports http", "1.4.1"),
        ("iptables -t nat -A PREROUTING -p sctp -j REDIRECT --to-ports 80", "1.4.3"),
        ("iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination 192.0.2.1:http", "1.8.8"),
        ("iptables -A INPUT -j LOG --log-prefix " + "a" * 30, "1.4.11"),
        ("iptables -A INPUT -j LOG --log-prefix " + "a" * 29, "1.1.0"),
        ("iptables -4 -A INPUT -j DROP", "1.4.11"),
        ("iptables -A INPUT -ptcp", "1.4.6"),
        ("iptables -A INPUT --protocol=tcp -j DROP", "1.4.6"),
        ("iptables -AINPUT -s10.0.0.1 -jDROP", "1.1.0"),
        ("iptables -A INPUT -m mark --mark=5", "1.4.6"),
        ("iptables -jNFQUEUE -AINPUT -w5", "1.6.0"),
        ("iptables -C INPUT -m state --state NEW", "1.4.11"),
        ("iptables -C INPUT -m state ! --state NEW", "1.4.12"),
        ("ip6tables -h", "1.1.1"),
        ("iptables -t mangle -A POSTROUTING -p tcp -m ecn --ecn-ip-ect 3 -j ECN --ecn-ip-ect 0", "1.4.11"),
        ("iptables -A INPUT --no-such-option", None),
    ],
)
def test_since_is_the_oldest_release_that_takes_it(line: str, expected: str | None) -> None:
    """From the options and matches that it uses, and from what could not be written before."""
    verdict = verdict_of(line)

    assert (None if verdict.status == "refused" else since(verdict.rule)) == expected


def test_since_says_of_an_old_command_when_it_was_taken() -> None:
    """Also where no release of today takes it any more."""
    assert since(verdict_of("iptables -A INPUT -j LOG --log-level warn", "1.4.10").rule) == "1.1.0"


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_the_release_that_since_names_takes_the_command(cases: list[Case]) -> None:
    """What is said of a command and what is judged by that release come from the same tables."""
    for case in cases:
        verdict = verdict_of(case.command, case.release or NEWEST)
        if verdict.status != "refused":
            oldest = since(verdict.rule)
            assert oldest is not None, case.command
            refusal = verdict_of(case.command, oldest).refusal
            assert refusal is None, f"{case.command}\niptables {oldest}: {refusal and refusal.message}"
