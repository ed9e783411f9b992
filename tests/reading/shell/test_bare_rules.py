"""Rules without their program and table are judged in the table that takes them."""

from __future__ import annotations

import pytest
from drive import report_of_code
from drytables.page.report import Checked


def judged(code: str, language: str = "") -> list[Checked]:
    return list(report_of_code(code, language).commands())


@pytest.mark.parametrize(
    ("rule", "table"),
    [
        ("-A INPUT -i lo -j ACCEPT", "filter"),
        ("-I INPUT 3 -i lo -j ACCEPT", "filter"),
        ("-P INPUT DROP", "filter"),
        ("-A ufw-before-input -m conntrack --ctstate INVALID -j DROP", "filter"),
        ("[12:3456] -A INPUT -i lo -j ACCEPT", "filter"),
        ("-A POSTROUTING -o eth0 -j MASQUERADE", "nat"),
        ("-A OUTPUT -p tcp -j REDIRECT --to-ports 80", "nat"),
        ("-A MINE -p tcp -j DNAT --to-destination 10.0.0.1", "nat"),
        ("-A PREROUTING -j DSCP --set-dscp 1", "mangle"),
        ("-A PREROUTING -j CT --notrack", "raw"),
        ("-A POSTROUTING -t mangle -j MARK --set-mark 1", "mangle"),
        ("-A INPUT -s fe80::/10 -p ipv6-icmp -j ACCEPT", "filter"),
    ],
)
def test_the_table_is_guessed_by_what_takes_the_rule(rule: str, table: str) -> None:
    (checked,) = judged(rule)

    assert (checked.status, checked.verdict.rule.table) == ("accepted", table)
    assert checked.command.is_bare
    assert checked.command.guessed_table == ("" if " -t " in rule else table)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("-A INPUT -p tcp -dport 22 -j ACCEPT", "single-dash"),
        ("-A INPUT -s 192.168.1.300 -j DROP", "bad-value"),
        ("-A PREROUTING -j REJECT", "wrong-table"),
    ],
)
def test_what_no_table_takes_is_refused_and_the_guess_is_said(rule: str, code: str) -> None:
    (checked,) = judged(rule)

    (found,) = checked.diagnostics
    assert (checked.status, found.code) == ("refused", code)
    assert any("the line names no table" in note for note in found.notes)


def test_a_hole_in_it_is_a_hole() -> None:
    (checked,) = judged("-A INPUT -s <ip> -p tcp --dport $PORT -j DROP")

    assert (checked.status, checked.verdict.holes) == ("open", ("<ip>", "$PORT"))


@pytest.mark.parametrize(
    "remark",
    ["   (for ssh)", "  <- ssh", "  → then the rest", "   # ssh", "      from anywhere else", "  (see https://x)"],
)
def test_a_remark_behind_it_is_no_part_of_it(remark: str) -> None:
    (checked,) = judged(f"-A INPUT -p tcp --dport 22 -j ACCEPT{remark}")

    assert (checked.status, checked.diagnostics) == ("accepted", ())
    (refused,) = judged(f"-A INPUT -p tcp --dport 22 -j ACEPT{remark}")
    assert [each.code for each in refused.diagnostics] == ["unknown-target"]


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("-A  append to the end of a chain\n-I INPUT: insert", ""),
        ("-I INPUT -o OUTPUT\n-A INPUT -f FILE", ""),
        ("-A, --append chain rule\n-P chain target", ""),
        ("-A AGENT --agent AGENT   the agent\n-D PORT -N -f\n-A ARCHIVE -f X\n-I FILE --input FILE", ""),
        ("-A INPUT -- what follows is said to you", ""),
        ("-A INPUT -p tcp -dport 22", "diff"),
        ("iptables \\\n-A INPUT -j DROP", "sh"),
        ("-j ACCEPT", ""),
    ],
)
def test_what_only_looks_like_a_rule(code: str, language: str) -> None:
    assert not any(checked.command.is_bare for checked in judged(code, language))


@pytest.mark.parametrize(
    ("code", "families"),
    [
        ("$ sudo ip6tables -S\n@", ["ipv6"]),
        ("# iptables-save | grep web\n@# ip6tables-save | grep web\n@", ["ipv4", "ipv6"]),
        ("# ip6tables -S\n-A INPUT -s 192.0.2.1 -j DROP", ["ipv4"]),
        ("-A INPUT -m rt --rt-type 0 -j DROP\n@", ["ipv6", "ipv4"]),
        ("-A ufw6-user-input -p tcp -j ACCEPT\n-A INPUT -m hl --hl-eq 255 -j DROP\n", ["ipv6", "ipv6"]),
        ("-A INPUT -s 2001:db8:0:0:0:0:0:1 -j DROP\n-A PREROUTING -j DNAT --to [2001:db8::1]:80", ["ipv6", "ipv6"]),
        ("-A INPUT -m mac --mac-source 02:00:00:00:00:09 -j DROP", ["ipv4"]),
    ],
)
def test_the_family_is_that_of_the_rule_or_of_what_was_named_before(code: str, families: list[str]) -> None:
    rules = judged(code.replace("@", "-A INPUT -p tcp --dport 80 -j DROP\n"))

    assert [each.command.family for each in rules if each.command.is_bare] == families


def test_rules_of_a_whole_table_are_no_bare_ones() -> None:
    (checked,) = judged("iptables-restore <<EOF\n*nat\n-A POSTROUTING -j MASQUERADE\nCOMMIT\nEOF", "sh")

    assert not checked.command.is_bare
