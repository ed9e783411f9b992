"""Chains from which no packet comes back, and the spreads by jumps to them that are one rule with a map."""

from __future__ import annotations

import pytest
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.script import Command, Table, script
from drytables.reading.shell.line import read_line

#: As kube-proxy writes them.
SERVICE = (
    "-A SERVICES -d 10.96.0.10/32 -p tcp -m tcp --dport 53 -j SVC",
    "-A SVC -m statistic --mode random --probability 0.33333333349 -j SEP1",
    "-A SVC -m statistic --mode random --probability 0.50000000000 -j SEP2",
    "-A SVC -j SEP3",
    *(f"-A SEP{at} -s 10.244.0.{at}/32 -j MASQ" for at in (1, 2, 3)),
    *(f"-A SEP{at} -p tcp -m tcp -j DNAT --to-destination 10.244.0.{at}:53" for at in (1, 2, 3)),
    "-A MASQ -j MARK --set-xmark 0x4000/0x4000",
)  # fmt: skip
CHAINS = ("SERVICES", "SVC", "SEP1", "SEP2", "SEP3", "MASQ")
NUMBERED = "numgen random mod 3 vmap { 0 : jump SEP1, 1 : jump SEP2, 2 : jump SEP3 }"


def written(*rules: str, is_whole: bool = True) -> str:
    """A saved nat table with some rules, as a file of nft with fewer."""
    steps: list[Command | Table] = [
        Table("ipv4", "nat", (("PREROUTING", "ACCEPT"), *((name, "-") for name in CHAINS)), is_whole)
    ]
    for number, rule in enumerate(rules):
        verdict = judge(read_line(Source("line", f"iptables -t nat {rule}")))  # type: ignore[arg-type]
        steps.append(Command(f"here:{number}", rule, verdict.rule))
    return script(steps, is_joined=True).text


def test_a_service_is_one_rule() -> None:
    assert f"add rule ip nat SVC {NUMBERED}\n" in written(*SERVICE)


def test_the_comments_of_kube_proxy_are_one() -> None:
    """The service stays, and where its packets go is in the map."""
    rules = [rule.replace("-A SVC", f'-A SVC -m comment --comment "web -> 10.244.0.{rule[-1]}:53"') for rule in SERVICE]
    others = [rule.replace("-A SVC", f'-A SVC -m comment --comment "web {rule[-1]}"') for rule in SERVICE]

    assert f'add rule ip nat SVC {NUMBERED} comment "web"\n' in written(*rules)
    assert NUMBERED not in written(*others)


def test_so_is_one_in_turn() -> None:
    rules = [rule.replace("random --probability 0.33333333349", "nth --every 3 --packet 0") for rule in SERVICE]
    rules = [rule.replace("random --probability 0.50000000000", "nth --every 2 --packet 0") for rule in rules]

    assert f"add rule ip nat SVC {NUMBERED.replace('random', 'inc')}\n" in written(*rules)


def changed(old: str, new: str) -> tuple[str, ...]:
    """The rules of the service with one thing otherwise; without a new one, without the rule."""
    assert any(old in rule for rule in SERVICE)
    return tuple(rule.replace(old, new) for rule in SERVICE if new or old not in rule)


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        # UDP would come back from chains that only change where TCP goes.
        (changed("10.96.0.10/32 -p tcp -m tcp", "10.96.0.10/32 -p udp -m udp"), "packets may come back from `SEP1`"),
        ((*SERVICE, "-A PREROUTING -j SVC"), "packets may come back from `SEP1`"),
        (("-A SEP2 -s 10.0.0.9 -j RETURN", *SERVICE), "packets may come back from `SEP2`"),
        (("-A SEP1 -d 10.0.0.9 -g MASQ", *SERVICE), "packets may come back from `SEP1`"),
        (changed("-A SEP1 -p tcp", "-A SEP1 -m limit --limit 1/s -p tcp"), "packets may come back from `SEP1`"),
        (changed("-A SEP2 -p tcp", ""), "packets may come back from `SEP2`"),
        (changed("0.33333333349", "0.33333334"), "one number does not say it"),
    ],
)
def test_where_it_is_not_certain_rules_stay(rules: tuple[str, ...], why: str) -> None:
    text = written(*rules)

    assert NUMBERED not in text
    assert f"# the spread of `ip nat SVC` stays one rule a jump: {why}\n" in text


def test_a_part_of_a_table_tells_nothing_of_who_jumps() -> None:
    """Nor of what else a chain has."""
    emptied = [f"-F {name}" for name in CHAINS]

    assert NUMBERED not in written(*SERVICE, is_whole=False)
    assert NUMBERED not in written(*emptied, *SERVICE, is_whole=False)


def test_chains_that_lead_to_each_other_end_nothing() -> None:
    assert NUMBERED not in written("-A SEP1 -j SVC", *SERVICE[1:])
