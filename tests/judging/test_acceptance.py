"""Which releases accept a command, and which of them take it to mean something else."""

import pytest
from case_files import Case, cases_by_file
from drive import verdict_of
from drytables.grammar.history.ranges import in_words
from drytables.grammar.history.releases import NEWEST, releases
from drytables.judging.acceptance import acceptance


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("iptables -A INPUT -s 10.0.0.1 -j DROP", "1.1.0 to 1.8.11"),
        ("iptables -A INPUT -s 10.0.0.1,10.0.0.2 -j DROP", "1.4.5 to 1.8.11"),
        ("iptables -A INPUT -m limit -m limit", "1.3.6 to 1.8.11"),
        ("iptables -A INPUT -g MINE", "1.3.5 to 1.8.11"),
        ("iptables -S", "1.4.1 to 1.8.11"),
        ("iptables -C INPUT -j DROP", "1.4.11 to 1.8.11"),
        ("iptables -w 5 -A INPUT", "1.6.0 to 1.8.11"),
        ("iptables -w -A INPUT", "1.4.20 to 1.8.11"),
        ("iptables -Z INPUT 2", "1.4.6 to 1.8.11"),
        ("iptables -A INPUT -c 1,2", "1.4.1 to 1.8.11"),
        ("iptables -A INPUT -m mark --mark 1 -m connmark --mark 2", "1.4.11 to 1.8.11"),
        ("ip6tables -t nat -A POSTROUTING -j MASQUERADE", "1.4.17 to 1.8.11"),
        ("iptables -A INPUT -m pkttype --pkt-type otherhost", "1.8.9 to 1.8.11"),
        ("iptables -A INPUT -m pkttype --pkt-type host", "1.2.2 to 1.8.11"),
        ("ip6tables -A INPUT -j REJECT --reject-with policy-fail", "1.6.0 to 1.8.11"),
        ("iptables -A INPUT -m iprange --src-range 192.0.2.1", "1.4.6 to 1.8.11"),
        ("iptables -A INPUT -p tcp -m multiport --dports 20:21", "1.3.0 to 1.8.11"),
        ("ip6tables -A INPUT -p tcp -m multiport --dports 20:21", "1.3.7 to 1.8.11"),
        ("iptables -A INPUT -p tcp -m multiport ! --dports 20", "1.3.0 to 1.8.11"),
        (
            "iptables -A INPUT -m hashlimit --hashlimit 5/s --hashlimit-name x --hashlimit-burst 20000",
            "1.6.1 to 1.8.11",
        ),
        ("iptables -A INPUT -j LOG --log-prefix " + "a" * 30, "1.4.11 to 1.8.11"),
        ("iptables -4 -A INPUT -j DROP", "1.4.11 to 1.8.11"),
        ("iptables -t mangle -A POSTROUTING -p tcp -m ecn --ecn-ip-ect 3 -j ECN --ecn-ip-ect 0", "1.4.11 to 1.8.11"),
        ("ip6tables -h", "1.1.1 to 1.8.11"),
        ("iptables -A INPUT -ptcp", "1.4.6 to 1.8.7 and 1.8.10 to 1.8.11"),
        ("iptables -A INPUT --protocol=tcp -j DROP", "1.4.6 to 1.8.7 and 1.8.10 to 1.8.11"),
        ("iptables -AINPUT -jDROP", "1.1.0 to 1.8.7 and 1.8.10 to 1.8.11"),
        ("iptables -A INPUT -m mark --mark=5", "1.1.0 to 1.8.11"),
        ("iptables -C INPUT -m state ! --state NEW", "1.4.12 to 1.8.11"),
        ("iptables -A INPUT -m state ! --state NEW", "1.1.0 to 1.4.10 and 1.4.12 to 1.8.11"),
        ("iptables -A INPUT ! -f -j DROP", "1.1.0 to 1.4.10 and 1.4.12 to 1.8.11"),
        ("iptables -A INPUT -m dscp ! --dscp 9", "1.2.6 to 1.4.10 and 1.4.12.1 to 1.8.11"),
        ("iptables -A OUTPUT -m owner ! --uid-owner 9", "1.1.0 to 1.4.10 and 1.4.11.1 to 1.8.11"),
        ("ip6tables -t mangle -A OUTPUT -j HL --hl-set 9", "1.2.8 to 1.4.10 and 1.4.12 to 1.8.11"),
        ("iptables -A INPUT -p tcp -m tcpmss --mss 100:200", "1.2 to 1.4.2 and 1.4.3.2 to 1.8.11"),
        ("iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports http", "1.4.1 to 1.4.7 and 1.4.11 to 1.8.11"),
        ("iptables -t nat -A PREROUTING -p sctp -j REDIRECT --to-ports 80", "1.4.3 to 1.8.11"),
        ("iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination 192.0.2.1:http", "1.8.8 to 1.8.11"),
        ("ip6tables -A INPUT -m hl --hl-eq 9 -m comment --comment x", "1.4.11 to 1.8.11"),
        ("ip6tables -A INPUT -m comment --comment x -m hl --hl-eq 9", "1.4.0 to 1.8.11"),
        ("iptables -A INPUT -j NFQUEUE --queue-balance :", "1.8.11"),
    ],
)
def test_the_releases_that_accept_it(line: str, expected: str) -> None:
    """Each range is what that many releases in a row say."""
    assert in_words(acceptance(verdict_of(line)).accepted) == expected


@pytest.mark.parametrize(
    ("line", "misread", "message"),
    [
        ("iptables -A INPUT -p tcp ! --dport 9", "1.4.11", "the `!` before `--dport` is ignored"),
        ("iptables -A INPUT -p tcp ! --syn -m state --state NEW", "1.4.11", "the `!` before `--syn` is ignored"),
        ("ip6tables -A INPUT -m hl --hl-eq 0x40", "1.2.8 to 1.4.10", "`0x40` is read as `0`"),
        ("iptables -A INPUT -i eth7 -m quota --quota 0x10", "1.2.5 to 1.4.10", "`0x10` is read as `0`"),
        (
            "iptables -t nat -A POSTROUTING -j SNAT --persistent --to-source 192.0.2.1",
            "1.4.4 to 1.8.7",
            "`--persistent` before `--to-source` is ignored",
        ),
        ("iptables -A INPUT -p udp --dport 010", "1.1.0 to 1.4.10", "`010` is read as `8`"),
    ],
)
def test_a_release_that_takes_it_for_something_else_is_told_apart(line: str, misread: str, message: str) -> None:
    """It is none of those that accept the command, though the kernel would have the rule."""
    accepted, others = acceptance(verdict_of(line))

    assert [(str(range_), says) for range_, says in others] == [(misread, message)]
    assert not any(range_.has(others[0][0].first) for range_ in accepted)


@pytest.mark.parametrize("line", ["iptables -A INPUT -p tcp -m tcp ! --dport 9", "iptables -A INPUT -p tcp --dport 9"])
def test_only_what_p_brings_in_loses_its_negation(line: str) -> None:
    assert acceptance(verdict_of(line)).misread == ()


def test_a_refused_command_is_accepted_by_nobody() -> None:
    assert acceptance(verdict_of("iptables -A INPUT --no-such-option")) == ((), ())


def test_nothing_is_said_of_releases_after_the_one_that_judged() -> None:
    """The newest takes no `warn` any more; 1.4.10 does."""
    found = acceptance(verdict_of("iptables -A INPUT -j LOG --log-level warn", "1.4.10"))

    assert in_words(found.accepted) == "1.1.0 to 1.4.10"


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_every_release_says_what_its_range_says(cases: list[Case]) -> None:
    """A stretch of releases is asked only once; those at its ends and beyond them agree."""
    order = releases()
    for case in cases[::7]:
        verdict = verdict_of(case.command, case.release or NEWEST)
        if verdict.status == "refused":
            continue
        accepted, _ = acceptance(verdict)
        assert accepted or verdict.diagnostics, case.command
        bounds = {each.index for range_ in accepted for each in range_}
        for index in {*bounds, *(index - 1 for index in bounds), *(index + 1 for index in bounds), 0, 40}:
            if 0 <= index <= verdict.release.index:
                answer = verdict_of(case.command, order[index].version)
                is_accepted = answer.status != "refused" and not any(
                    each.code == "read-differently" for each in answer.diagnostics
                )
                is_said = any(range_.has(order[index]) for range_ in accepted)
                assert is_accepted == is_said, f"{case.place}: {case.command} in {order[index]}"
