"""Commands in drawings and usage texts are read without what is drawn or said around them."""

from __future__ import annotations

import pytest
from drive import report_of_code

DRAWN = [
    ("-> iptables -L -v -n (look at the counters)", ["iptables -L -v -n"]),
    ("a packet\n ├── iptables -L -n   (first)\n └─ ip6tables -L <- then", ["iptables -L -n", "ip6tables -L"]),
    ("│ iptables -L -n   │ the table │", ["iptables -L -n"]),
    ("+---------+\n| iptables -L |\n+---------+", ["iptables -L"]),
    ("1. iptables -L -n   -> shows it\n2. iptables -F  => empties it", ["iptables -L -n", "iptables -F"]),
    ("Step 1: iptables -L (list)\nStep 2: is it there?", ["iptables -L"]),
    ("①  iptables -L\n ↓\n②  iptables -F (empty)", ["iptables -L", "iptables -F"]),
    ("`-- iptables -L (x)\n  +-- sudo iptables -F", ["iptables -L", "iptables -F"]),
    ("iptables (old tables)  ->  nftables (new tables)", []),
    ("iptables (the same packet):\n  Rule 1: -A OUTPUT -d 192.0.2.0/24 -j DROP    -> drops it", []),
    ("iptables --> kernel --> disk", []),
    ("iptables <-> nftables", []),
    ("iptables - administration tool for IPv4 packet filtering", []),
    ("Usage: iptables -h (print this help)", ["iptables -h"]),
    ("usage:\n\n  ip6tables -h (print this help)\n", ["ip6tables -h"]),
    ("Usage:\n  iptables -L     list the rules\n  iptables -h\tprint this help\n", ["iptables -L", "iptables -h"]),
    ("Usage:\n  iptables -L   -n\n  iptables -A   INPUT\n", ["iptables -L -n", "iptables -A INPUT"]),
    ("用法：\n  iptables -h (帮助)", ["iptables -h"]),
    ("iptables [-t table] command [chain] (https://example.org/x)", ["iptables [-t table] command [chain]"]),
    ("iptables -t table command chain rule (the manual)", ["iptables -t table command chain rule"]),
    (
        "iptables -A INPUT -j DROP      nft add rule x\niptables -L                    nft list ruleset",
        ["iptables -A INPUT -j DROP", "iptables -L"],
    ),
    (
        "INPUT                         OUTPUT\niptables -A INPUT -j DROP     sudo iptables -A OUTPUT -j DROP",
        ["iptables -A INPUT -j DROP", "iptables -A OUTPUT -j DROP"],
    ),
    ("new                old\nnft list ruleset   iptables -L -n", ["iptables -L -n"]),
    (
        "iptables (-A|-I) INPUT -j ACCEPT\niptables ( -A | -D ) chain rule-specification",
        ["iptables (-A|-I) INPUT -j ACCEPT", "iptables ( -A | -D ) chain rule-specification"],
    ),
    ("iptables -t таблица действие цепочка (см. https://x)", ["iptables -t таблица действие цепочка"]),
    ("iptables [-t 表名] 命令 [链名] 规则", ["iptables [-t 表名] 命令 [链名] 规则"]),
    ("ip6tables -t テーブル コマンド チェイン", ["ip6tables -t テーブル コマンド チェイン"]),
]


@pytest.mark.parametrize(("code", "commands"), DRAWN)
def test_the_command_is_read_and_nothing_else(code: str, commands: list[str]) -> None:
    report = report_of_code(code, "")

    assert [" ".join(word.text for word in each.command.words) for each in report.commands()] == commands
    assert not report.all_diagnostics()


@pytest.mark.parametrize(
    ("code", "language", "faults"),
    [
        ("iptables -L (list them)", "", ["unknown-chain", "shell-syntax"]),
        ("iptables -L -n (list them)", "sh", ["shell-syntax"]),
        ("iptables -N A      iptables -N B", "", ["lost-line-end"]),
        ("x                  y\niptables -N A      iptables -N B", "sh", ["lost-line-end"]),
        ("iptables - A INPUT -j DROP", "", ["stray-word"]),
        ("└─ iptables -A INPUT -j ACEPT (x)", "", ["unknown-target"]),
        ("iptables -A INPUT -j DROP (https://example.org/x)", "", ["shell-syntax"]),
        ("Usage: x\n\niptables -L -n (list them)", "", ["shell-syntax"]),
        ("usage: iptables -A INPUT -j ACEPT (x)", "sh", ["unknown-target"]),
    ],
)
def test_what_is_no_drawing_is_judged_as_it_is_typed(code: str, language: str, faults: list[str]) -> None:
    found = report_of_code(code, language).all_diagnostics()

    assert sorted(each.code for each in found) == sorted(faults)


@pytest.mark.parametrize("code", ["└─ iptables -A INPUT -j ACEPT", "Usage: iptables -A INPUT -j ACEPT"])
def test_no_repair_of_it_is_certain(code: str) -> None:
    assert not any(each.edits for each in report_of_code(code, "").all_diagnostics())
