"""Rules that are joined, held against the kernel: nft takes each form, and datagrams fare the same in both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.chains import add_base_chain, add_table
from drytables.nft.commands import translate
from drytables.nft.joined_commands import join_commands
from drytables.nft.joining import joined
from drytables.nft.script import Command, script
from drytables.reading.shell.line import read_line
from nft.joined_cases import JoinedCase, joined_cases, statements_of, translated

from oracle import nft_joined
from oracle.test_nft import _nft, ask  # noqa: F401  # the fixture skips where there is no nft

pytestmark = pytest.mark.starts_programs

_OUT = "-t nat -A POSTROUTING -m statistic --mode"
_IN = "-t nat -A OUTPUT -p udp --dport 80 -m statistic --mode"
_MARKED = "-t mangle -A INPUT -m statistic --mode nth --every 3 --packet"

#: Rules that datagrams to this machine meet, which must become fewer.
TRIED = (
    [f"{_OUT} nth --every {every} --packet 0 -j SNAT --to-source 192.168.1.20{4 - every}" for every in (3, 2, 1)],
    [f"{_OUT} nth --every 3 --packet 2 -j SNAT --to-source 192.168.1.201",
     "-t nat -A POSTROUTING -j SNAT --to-source 192.168.1.202"],
    [f"{_OUT} nth ! --every 3 --packet 1 -j SNAT --to-source 192.168.1.201",
     "-t nat -A POSTROUTING -j SNAT --to-source 192.168.1.202"],
    [f"{_OUT} nth --every 4 --packet 1 -j SNAT --to-source 192.168.1.201",
     f"{_OUT} nth --every 3 --packet 1 -j SNAT --to-source 192.168.1.202"],
    [f"{_IN} nth --every 2 --packet 0 -j DNAT --to-destination 10.0.0.1:8080",
     "-t nat -A OUTPUT -p udp --dport 80 -j DNAT --to-destination 10.0.0.2:81"],
    [f"{_IN} nth --every 3 --packet 0 -j DNAT --to-destination 10.0.0.2:8080",
     f"{_IN} nth --every 2 --packet 1 -j DNAT --to-destination 10.0.0.3:8080"],
    [f"{_MARKED} 1 -j MARK --set-mark 2", f"{_MARKED} 2 -j MARK --set-mark 1"],
    ["-A INPUT -m statistic --mode nth --every 3 --packet 0 -j DROP", "-A INPUT -j ACCEPT"],
    ["-A INPUT -p udp --dport 22 -j DROP", "-A INPUT -p udp -m multiport --dports 80,443 -j DROP",
     "-A INPUT -p udp --dport 8000:8080 -j DROP"],
    ["-A INPUT -p udp --dport 22 -j ACCEPT", "-A INPUT -p udp --dport 23 -j DROP", "-A INPUT -p udp --dport 53 -j DROP",
     "-A INPUT -p udp --dport 80 -j mine", "-A INPUT -d 10.0.0.1 -j DROP", "-A INPUT -d 10.0.0.2/31 -j DROP"],
    ["-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT", "-A INPUT -m conntrack --ctstate NEW -j DROP"],
)  # fmt: skip


def forms_of(rules: list[str]) -> list[list[str]]:
    """The lines of no rules, of one for each and of those that are joined, with the chains that they need."""
    words = rules[0].split()
    table = words[1] if words[0] == "-t" else "filter"
    chain = words[words.index("-A") + 1]
    made = [add_table("ipv4", table), add_base_chain("ipv4", table, chain), f"add chain ip {table} mine",
            f"add rule ip {table} mine udp dport 80 ip daddr 10.0.0.1 drop"]  # fmt: skip
    statements = statements_of(*rules)
    return [made, [*made, *map(str, statements)], [*made, *map(str, joined(statements))]]


def test_datagrams_fare_the_same_in_both_forms_from_the_first_on() -> None:
    requests = [
        {"forms": forms_of(rules), "repeats": 3,
         "packets": [(address, port) for port in nft_joined.PORTS for address in nft_joined.ADDRESSES[:3]]}
        for rules in TRIED
    ]  # fmt: skip
    for rules, request, (none, single, one) in zip(TRIED, requests, ask(requests, nft_joined), strict=True):
        assert len(request["forms"][2]) < len(request["forms"][1]), rules
        assert none != single == one, rules


#: A service as kube-proxy writes it, in turn so that each datagram is compared, and by chance.
SERVICE = (
    *(f"-N {name}" for name in ("SVC", "SEP1", "SEP2", "SEP3", "MASQ")), "-A MASQ -j MARK --set-xmark 0x4000/0x4000",
    "-A OUTPUT -d 10.0.0.1/32 -p udp -m udp --dport 80 -j SVC",
    "-A SVC -m statistic --mode {} -j SEP1", "-A SVC -m statistic --mode {} -j SEP2", "-A SVC -j SEP3",
    *(f"-A SEP{at} -s 10.0.0.{at}/32 -j MASQ" for at in (1, 2, 3)),
    *(f"-A SEP{at} -p udp -m udp -j DNAT --to-destination 10.0.0.{at}:8080" for at in (1, 2, 3)),
)  # fmt: skip


def service(*gates: str) -> list[list[str]]:
    """The lines of a service, rule by rule, and with fewer rules."""
    given = iter(gates)
    commands = []
    for number, rest in enumerate(SERVICE):
        line = f"iptables -t nat {rest.format(next(given)) if '{}' in rest else rest}"
        commands.append(Command(f"here:{number}", line, judge(read_line(Source("line", line))).rule))  # type: ignore[arg-type]
    return [script(commands, is_joined).text.splitlines() for is_joined in (False, True)]


def typed(*gates: str) -> list[list[str]]:
    """The same as a page shows the commands in nft: in the order in which they are typed."""
    given = iter(gates)
    lines = [f"iptables -t nat {rest.format(next(given)) if '{}' in rest else rest}" for rest in SERVICE]
    rules = [judge(read_line(Source("line", line))).rule for line in lines]  # type: ignore[arg-type]
    commands = [(rule, translate(rule)) for rule in rules]
    made = list(dict.fromkeys(line for _, each in commands for line in each.foundations))
    each_alone = [str(statement) for _, translation in commands for statement in translation.statements]
    return [
        [*made, *each_alone],
        [*made, *(str(one.joined) for together in join_commands(commands) for one in together)],
    ]


@pytest.mark.parametrize("service", [service, typed])
def test_a_service_that_jumps_to_its_ends_fares_the_same_as_one_rule(service: Callable[..., list[list[str]]]) -> None:
    """In turn from the first datagram on; by chance, each end has its third to within six standard deviations."""
    turns = service("nth --every 3 --packet 0", "nth --every 2 --packet 0")
    chances = service("random --probability 0.33333333349", "random --probability 0.50000000000")
    requests = [
        {"forms": turns, "repeats": 3, "packets": [("10.0.0.1", 80), ("10.0.0.1", 81), ("10.0.0.2", 80)]},
        {"forms": chances, "repeats": 300, "packets": [("10.0.0.1", 80)]},
    ]

    (single, one), by_chance = ask(requests, nft_joined)

    assert single == one
    assert [where[1] for where in one[::3]] == ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
    assert any(" vmap { 0 : jump SEP1" in line for line in turns[1])
    assert any(" vmap { 0 : jump SEP1" in line for line in chances[1])
    for form in by_chance:
        counts = [sum(where[1] == f"10.0.0.{at}" for where in form) for at in (1, 2, 3)]
        assert all(abs(count - 100) < 6 * (300 * 2 / 9) ** 0.5 for count in counts), counts


def test_the_first_posts_rotation_goes_on_in_its_order() -> None:
    ((_, _, one),) = ask([{"forms": forms_of(TRIED[0]), "repeats": 5, "packets": [("10.0.0.1", 80)]}], nft_joined)

    assert [each[0][-3:] for each in one] == ["201", "202", "203", "201", "202"]


def test_a_table_of_both_families_does_to_each_what_its_own_did() -> None:
    shared = (
        *("-P INPUT ACCEPT", "-N mine", "-A mine -p udp --dport 23 -j REJECT", "-A INPUT -p tcp -j DROP"),
        *("-A INPUT -p udp --dport 22 -j DROP", "-A INPUT -p udp --dport 80 -j DROP", "-A INPUT -j mine"),
    )
    commands = [
        Command(f"here:{number}", line, judge(read_line(Source("line", line))).rule)  # type: ignore[arg-type]
        for number, line in enumerate(f"{program} {rest}" for program in ("iptables", "ip6tables") for rest in shared)
    ]
    forms = [script(commands, is_joined).text.splitlines() for is_joined in (False, True)]
    packets = [(address, port) for port in nft_joined.PORTS for address in ("10.0.0.1", *nft_joined.ADDRESSES6)]

    ((single, one),) = ask([{"forms": forms, "repeats": 1, "packets": packets}], nft_joined)
    assert single == one
    assert [where is None for where in one] == [port in (22, 23, 80) for _, port in packets]
    assert not [line for line in forms[1] if " ip filter" in line.partition("#")[0]]


@pytest.mark.parametrize("case", joined_cases(), ids=lambda case: case.lines[0])
def test_nft_takes_each_form(case: JoinedCase) -> None:
    made = [line for rule in case.rules for line in translated(rule).foundations]
    chains = ("web", "rest", "one", "other")
    made += [f"add chain ip filter {name}" for name in chains if f" {name}" in " ".join(case.rules)]

    (answer,) = ask([{"statements": [*made, *case.lines]}])
    assert answer["error"] == ""
