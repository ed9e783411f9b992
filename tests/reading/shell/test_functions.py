"""A call of a function or an alias that passes its arguments on to iptables is a command of iptables, and judged."""

from __future__ import annotations

import pytest
from drive import report_of, report_of_code
from drytables.page.report import Checked


def calls(code: str) -> list[Checked]:
    """The commands of the lines after the first blank one."""
    place = code.index("\n\n")
    report = report_of_code(code)
    start = report.source.text.index(code) + place
    return [each for each in report.commands() if each.command.span.start > start]


@pytest.mark.parametrize(
    ("definition", "call", "words"),
    [
        ('ipt() { iptables -w "$@"; }', "ipt -A INPUT -j DROP", "ipt -w -A INPUT -j DROP"),
        ("ipt() { iptables $*; }", "ipt -A INPUT -j DROP", "ipt -A INPUT -j DROP"),
        ('function ipt { sudo iptables "${@}" || exit; }', "ipt -L", "ipt -L"),
        ('function ipt() {\n  echo "+ $*"\n  /sbin/ip6tables "$@" 2>/dev/null\n}', "ipt -L", "ipt -L"),
        ('ipt() {\n  local t=$1\n  shift\n  iptables -t filter "$@"\n}', "ipt x -L", "ipt -t filter -L"),
        ('ipt() { iptables -t "$1" "${@:2}"; }', "ipt nat -L", "ipt -t nat -L"),
        ('allow() { iptables -A INPUT "$@" -j ACCEPT; }', "allow -i lo", "allow -A INPUT -i lo -j ACCEPT"),
        ('run() { iptables "$@"; }', "run -L", "run -L"),
        ('ipt() { docker exec box iptables "$@"; }', "if ! ipt -L; then :; fi", "ipt -L"),
        ('add() { iptables -C "$@" || iptables -A "$@"; }', "add INPUT -j DROP", "add -A INPUT -j DROP"),
        ("alias ipt='sudo iptables -w'", "ipt -A INPUT -j DROP", "ipt -w -A INPUT -j DROP"),
        ("alias block='iptables -I INPUT -j DROP -s'", "block 192.0.2.1", "block -I INPUT -j DROP -s 192.0.2.1"),
    ],
)
def test_a_call_is_the_command_it_stands_for(definition: str, call: str, words: str) -> None:
    (checked,) = calls(f"{definition}\n\n{call}")

    assert " ".join(word.text for word in checked.command.words) == words
    assert checked.status == "accepted"


def test_a_fault_in_a_call_is_told_at_its_place() -> None:
    report = report_of_code('ipt() { iptables -w "$@"; }\nipt -A INPUT -j DROP\nipt -A INPUT -j DRPO')
    (diagnostic,) = report.all_diagnostics()

    assert (diagnostic.code, report.source.slice(diagnostic.span)) == ("unknown-target", "DRPO")


def test_a_function_is_known_in_the_fences_that_follow() -> None:
    report = report_of('```sh\nipt() { iptables "$@"; }\n```\n\n```sh\nipt -F INPTU\n```\n')

    assert [each.code for each in report.all_diagnostics()] == ["unknown-chain"]


@pytest.mark.parametrize(
    "code",
    [
        'both() { iptables "$@"; ip6tables "$@"; }\n\nboth -A INPUT -s 192.0.2.1',
        'f() { while shift; do iptables "$@"; done; }\n\nf x -A INPUT -j DRPO',
        'f() { set -- -A "$1"; iptables "$@"; }\n\nf INPUT x',
        'f() { iptables -A INPUT -p tcp --dport "$1" -j ACCEPT; }\n\nf 22',
        'log() { echo "$@"; }\n\nlog iptables -A INPUT -j DRPO',
        'ipt() { iptables "$@"; }\nipt() { echo "$@"; }\n\nipt -A INPUT -j DRPO',
        'ipt() { iptables "$@"; }\n\nipt',
    ],
)
def test_what_a_call_does_is_not_always_known(code: str) -> None:
    assert not calls(code)


@pytest.mark.parametrize(
    "alias", ["ipt='iptables -w'", "ipt=iptables", "nat='iptables -t nat'", "b='iptables -A INPUT -s'"]
)
def test_an_alias_without_its_arguments_is_no_fault(alias: str) -> None:
    assert not report_of_code(f"alias {alias}").is_refused
