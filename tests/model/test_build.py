"""The ruleset that a text results in, on a machine that had no rules before."""

from __future__ import annotations

import pytest
from drytables.diagnostics.source import Source
from drytables.page.rules_of_text import rules_of_code, rules_of_page

from .rules import source_of


def chains(text: str) -> list[str]:
    """Each chain in a line: its table, its policy, and its rules as typed, behind their target."""
    (ruleset,) = rules_of_code(Source("rules.sh", text)).rulesets.values()
    return [
        " ".join([table, chain.name, chain.policy or "-", *(f"[{_target(rule.text)}]" for rule in chain.rules)])
        for (_, table), found in ruleset.tables.items()
        for chain in found.values()
    ]


def _target(rule: str) -> str:
    return rule.partition(" -j ")[2]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["-A INPUT -j DROP", "-I INPUT -j ACCEPT"], ["filter INPUT ACCEPT [ACCEPT] [DROP]"]),
        (["-A INPUT -j DROP", "-I INPUT 2 -j ACCEPT"], ["filter INPUT ACCEPT [DROP] [ACCEPT]"]),
        (["-A INPUT -j DROP", "-R INPUT 1 -j ACCEPT"], ["filter INPUT ACCEPT [ACCEPT]"]),
        (["-A INPUT -j DROP", "-D INPUT -j DROP"], ["filter INPUT ACCEPT"]),
        (["-A INPUT -j DROP", "-A INPUT -j LOG", "-D INPUT 1"], ["filter INPUT ACCEPT [LOG]"]),
        (["-P INPUT DROP", "-A INPUT -j LOG", "-F"], ["filter INPUT DROP"]),
        (["-N a", "-A INPUT -j a", "-A a -j DROP"], ["filter a - [DROP]", "filter INPUT ACCEPT [a]"]),
        (["-N a", "-E a b", "-A b -j DROP"], ["filter b - [DROP]"]),
        (["-A INPUT -s 10.0.0.1,10.0.0.2 -j DROP"], ["filter INPUT ACCEPT [DROP] [DROP]"]),
        (["-t nat -A PREROUTING -j DNAT --to 1.2.3.4"], ["nat PREROUTING ACCEPT [DNAT --to 1.2.3.4]"]),
        (["-A INPUT -s 192.0.2.300 -j DROP", "-A INPUT -j LOG"], ["filter INPUT ACCEPT [LOG]"]),
    ],
)
def test_what_commands_result_in(rules: list[str], expected: list[str]) -> None:
    assert chains(source_of(*rules).text) == expected


def test_a_saved_table_takes_the_place_of_what_was_there() -> None:
    saved = "*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n-A INPUT -j a\n-A a -s 10.0.0.1,10.0.0.2 -j ACCEPT\nCOMMIT\n"
    (ruleset,) = rules_of_code(Source("rules.v4", saved)).rulesets.values()

    assert chains(saved) == ["filter INPUT DROP [a]", "filter a - [ACCEPT] [ACCEPT]"]
    assert ruleset.doubts == ()


def test_each_of_several_addresses_has_a_rule() -> None:
    (ruleset,) = rules_of_code(source_of("-I INPUT -s 10.0.0.1,10.0.0.2 -d 10.0.0.3 -j DROP")).rulesets.values()

    assert [rule.source.address & 0xFF for rule in ruleset.rules()] == [2, 1]  # type: ignore[union-attr, operator]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("iptables -A INPUT -s 192.0.2.300 -j DROP", "iptables refuses this command"),
        (
            "iptables -F\n./firewall.sh\niptables -A INPUT -j DROP",
            "what `./firewall.sh` does to the rules is not known",
        ),
        ("if true; then iptables -F; fi", "whether this command runs is not known"),
        ("*filter\n:INPUT ACCEPT\n. . .\n-A INPUT -j DROP\n", "only a part of this table is shown"),
    ],
)
def test_what_may_be_otherwise_is_told(text: str, doubt: str) -> None:
    (ruleset,) = rules_of_code(Source("rules.sh", text + "\n")).rulesets.values()

    assert any(doubt in said for _, said in ruleset.doubts), ruleset.doubts


def test_a_rule_that_may_not_be_there_says_so() -> None:
    (ruleset,) = rules_of_code(Source("a.sh", "if true; then\niptables -A INPUT -j DROP\nfi\n")).rulesets.values()

    assert [rule.doubt for rule in ruleset.rules()] == ["whether the command runs that adds it"]


@pytest.mark.parametrize(
    ("lines", "machines"),
    [
        ("root@web:~# iptables -A INPUT -j DROP\nroot@db:~# iptables -A INPUT -j ACCEPT", {"web", "db"}),
        ("iptables -F\nip netns exec red iptables -P INPUT DROP", {"", "ip netns exec red"}),
    ],
)
def test_each_machine_of_a_page_has_its_rules(lines: str, machines: set[str]) -> None:
    rules = rules_of_page(Source("post.md", f"Title: x\n\n```sh\n{lines}\n```\n"), "superfences")

    assert {*rules.rulesets} == machines


def test_a_page_is_followed_as_it_is_to_be_typed_piece_by_piece() -> None:
    page = (
        'Title: x\n\n```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3 -j DROP\n```\n'
        "\n```sh\necho nothing\n```\n\n```sh\niptables -A INPUT -j ACCEPT\n```\n"
    )
    source = Source("post.md", page)
    every, second = rules_of_page(source, "superfences"), rules_of_page(source, "superfences", numbers=[2])

    assert every.fences == 2
    assert [rule.text.partition("INPUT ")[2] for rule in every.rulesets[""].rules()] == [
        "-m statistic --mode nth --every 3 --packet 0 -j DROP", "-j ACCEPT",
    ]  # fmt: skip
    assert len([*second.rulesets[""].rules()]) == 1
