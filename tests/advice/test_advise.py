"""What is advised about the rules of a page, and where nothing is: a line of a table is a piece of code."""

from __future__ import annotations

import time

import pytest
from drive import report_of
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.page.check import check


def advice(page: str) -> list[Diagnostic]:
    """The notes on a page."""
    found = check(Source("post.md", page), advises=True).all_diagnostics()
    return [each for each in found if each.code.on == "advice"]


def advice_on(*commands: str, language: str = "sh") -> list[tuple[str, int]]:
    """The codes of the notes on some commands, each written without `iptables`, and the number of the command."""
    code = "\n".join(commands if language == "iptables-save" else (f"iptables {each}" for each in commands))
    page = f"```{language}\n{code}\n```\n"
    source = Source("post.md", page)
    return [(str(each.code), source.position(each.span.start)[0] - 1) for each in advice(page)]


@pytest.mark.parametrize(
    ("commands", "notes"),
    [
        (["-A INPUT -s 10.0.0.0/8 -j DROP", "-A INPUT -s 10.1.2.3 -j ACCEPT"], [("covered-rule", 2)]),
        (["-A INPUT -s 10.1.2.3 -j ACCEPT", "-A INPUT -s 10.0.0.0/8 -j DROP"], []),
        (["-A INPUT -s 10.1.2.3 -j ACCEPT", "-I INPUT -s 10.0.0.0/8 -j DROP"], [("covered-rule", 1)]),
        (["-A INPUT -s 10.0.0.0/8 -j DROP", "-F INPUT", "-A INPUT -s 10.1.2.3 -j ACCEPT"], []),
        (["-A INPUT -p tcp -j DROP", "-D INPUT -p tcp -j DROP", "-A INPUT -p tcp --dport 22 -j ACCEPT"], []),
        (["-A INPUT -p tcp --dport 1:1023 -j DROP", "-A INPUT -p tcp --dport 22 -j REJECT"], [("covered-rule", 2)]),
        (["-A INPUT -p tcp -j LOG", "-A INPUT -p tcp --dport 22 -j ACCEPT"], []),
        (["-A INPUT -p tcp -j ELSE", "-A INPUT -p tcp --dport 22 -j ACCEPT"], []),
        (["-A INPUT -p tcp -g ELSE", "-A INPUT -p tcp --dport 22 -j ACCEPT"], [("covered-rule", 2)]),
        (["-A INPUT -m limit --limit 1/s -j DROP", "-A INPUT -m limit --limit 1/s -p tcp -j DROP"], []),
        (["-A INPUT -m statistic --mode random --probability .5 -j DROP", "-A INPUT -p tcp -j DROP"], []),
        # Where a rule of the reader's own may come between the two, nothing is said.
        (["-A INPUT -p tcp -j DROP", "-I INPUT 2 -p tcp --dport 22 -j ACCEPT"], []),
        (["-F INPUT", "-A INPUT -p tcp -j DROP", "-I INPUT 2 -p tcp --dport 22 -j ACCEPT"], [("covered-rule", 3)]),
        # What changes packets in between counts only for what is changed.
        (["-A INPUT -m mark --mark 1 -j DROP", "-A INPUT -j ELSE", "-A INPUT -m mark --mark 1 -p tcp -j DROP"], []),
        (["-A INPUT -p tcp -j DROP", "-A INPUT -j ELSE", "-A INPUT -p tcp --dport 22 -j DROP"], [("covered-rule", 3)]),
        (["-A INPUT -p tcp -j LOG", "-A INPUT -p tcp -j LOG"], [("repeated-rule", 2)]),
        (["-A INPUT -s $IP -j LOG", "-A INPUT -s $IP -j LOG"], [("repeated-rule", 2)]),
        # What is withheld may be something else each time.
        (["-A IN -s 10.0.x.x -j RETURN", "-A IN -s 10.0.x.x -j RETURN", "-A IN -j LOG"], []),
        (["-A IN -m mac --mac-source XX:XX:XX:XX:XX:XX -j LOG"] * 2, []),
        (["-A INPUT -p tcp -j LOG --log-prefix a", "-A INPUT -p tcp -j LOG --log-prefix b"], []),
        (["-A INPUT -p tcp -j LOG", "-A INPUT -p udp -j LOG"], []),
        (["-A INPUT -p tcp -m limit --limit 1/s -j LOG", "-A INPUT -p tcp -m limit --limit 1/s -j LOG"], []),
        (["-N A", "-A A -p tcp -j ACCEPT", "-A A -j RETURN"], [("return-at-end", 3)]),
        (["-N A", "-A A -p tcp -j ACCEPT", "-A A -p udp -j RETURN"], []),
        (["-A INPUT -s 10.0.0.1,10.0.0.1 -j DROP"], []),
        (["-A INPUT -s 10.0.0.0/9,10.128.0.0/9,10.0.0.0/8 -j DROP"], []),
        (["-A INPUT -s 10.0.0.0/9,10.128.0.0/9 -j DROP", "-A INPUT -s 10.0.0.0/8 -j DROP"], [("covered-rule", 2)]),
    ],
)  # fmt: skip
def test_rules_that_could_go(commands: list[str], notes: list[tuple[str, int]]) -> None:
    assert advice_on(*commands) == notes


@pytest.mark.parametrize(
    ("commands", "notes"),
    [
        (["-F", "-A INPUT -i lo -j ACCEPT", "-P INPUT DROP"], [("locked-out", 3)]),
        (["-F", "-A INPUT -p tcp --dport 80 -j ACCEPT", "-A INPUT -j REJECT"], [("locked-out", 3)]),
        (["-F", "-A INPUT -p tcp --dport 2222 -j ACCEPT", "-P INPUT DROP"], []),
        (["-F", "-A INPUT -p tcp --dport 22 -j ACCEPT", "-P INPUT DROP"], []),
        (["-F", "-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT", "-P INPUT DROP"], []),
        (["-F", "-A INPUT -i lo -j ACCEPT", "-A INPUT -j MINE", "-P INPUT DROP"], []),
        (["-F", "-A INPUT -i lo -j ACCEPT", "-A INPUT -s $ADMIN -j ACCEPT", "-P INPUT DROP"], []),
        # Only a part of a rule set, or one for what is forwarded.
        (["-A INPUT -i lo -j ACCEPT", "-P INPUT DROP"], []),
        (["-F", "-P INPUT DROP"], []),
        (["-F", "-A FORWARD -i lo -j ACCEPT", "-P FORWARD DROP"], []),
        (["-F", "-P INPUT DROP", "-A INPUT -p tcp --dport 22 -j ACCEPT"], [("policy-first", 2)]),
    ],
)
def test_who_is_locked_out(commands: list[str], notes: list[tuple[str, int]]) -> None:
    assert advice_on(*commands) == notes


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        ("-t nat -A POSTROUTING -j MASQUERADE", ["nat-everywhere"]),
        ("-t nat -A POSTROUTING -m comment --comment x -j SNAT --to-source 192.0.2.1", ["nat-everywhere"]),
        ("-t nat -A POSTROUTING -o eth0 -j MASQUERADE", []),
        ("-t nat -A POSTROUTING -s 10.0.0.0/8 ! -d 10.0.0.0/8 -j MASQUERADE", []),
        ("-t nat -A POSTROUTING -m statistic --mode nth --every 3 --packet 0 -j SNAT --to-source 192.0.2.1", []),
        ("-t nat -A POSTROUTING -o $WAN -j MASQUERADE", []),
        ("-t nat -A POSTROUTING $MORE -j MASQUERADE", []),
    ],
)
def test_the_source_of_all_connections_is_changed(command: str, codes: list[str]) -> None:
    assert [code for code, _ in advice_on(command)] == codes


@pytest.mark.parametrize(
    ("command", "help"),
    [
        ("-A INPUT -m state --state NEW -j ACCEPT", "write `-m conntrack --ctstate NEW`: it means the same"),
        ("-A INPUT -m state ! --state NEW -j DROP", "write `-m conntrack ! --ctstate NEW`: it means the same"),
        ("-A INPUT -p 6 -j ACCEPT", "write `-p tcp`"),
        ("-A INPUT -p 47 -j ACCEPT", ""),  # its name needs an /etc/protocols
        ("-A INPUT -p tcp -j ACCEPT", ""),
        ("-A INPUT -p icmp --icmp-type 8 -j ACCEPT", "write `--icmp-type echo-request`"),
        ("-A INPUT -p icmp --icmp-type 3/4 -j ACCEPT", "write `--icmp-type fragmentation-needed`"),
        ("-A INPUT -p icmp --icmp-type ping -j ACCEPT", ""),
        ("-A INPUT -p icmp --icmp-type 200 -j ACCEPT", ""),
        ("-t nat -A POSTROUTING -o eth0 -j SNAT --to 192.0.2.1", "write `--to-source`"),
        ("-t nat -A PREROUTING -i eth0 -p tcp --dport 80 -j DNAT --to=192.0.2.1", "write `--to-destination`"),
        ("-A INPUT -p tcp --dport 22 -j ACCEPT", ""),
    ],
)
def test_how_it_is_written_today(command: str, help: str) -> None:
    assert [each.help for each in advice(f"```sh\niptables {command}\n```\n")] == ([help] if help else [])


def test_a_kind_is_told_once_a_fence() -> None:
    state = "-A INPUT -m state --state {} -j ACCEPT"

    assert advice_on(state.format("NEW"), state.format("RELATED")) == [("older-match", 1)]


_SAVED = """\
```
*filter
:INPUT DROP [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m tcp --dport 80 -j ACCEPT
-A INPUT -s 10.0.0.0/8 -j DROP
-A INPUT -s 10.1.2.3/32 -j REJECT --reject-with icmp-port-unreachable
COMMIT
```
"""


def test_saved_rules_are_looked_at_but_for_how_they_are_written() -> None:
    found = {str(each.code): each for each in advice(_SAVED)}

    assert found.keys() == {"locked-out", "covered-rule"}
    assert found["covered-rule"].message == "nothing is rejected here: line 6 has dropped all of these packets before"


def test_other_pieces_of_code_may_be_other_ways() -> None:
    one, other = "iptables -A INPUT -s 10.0.0.0/8 -j DROP", "iptables -A INPUT -s 10.1.2.3 -j ACCEPT"

    assert advice(f"```sh\n{one}\n```\n\nOr:\n\n```sh\n{other}\n```\n") == []


def test_pieces_that_go_on_with_each_other_are_one() -> None:
    one, other = "iptables -N A\niptables -A A -p tcp -j DROP", "iptables -A A -p tcp --dport 22 -j ACCEPT"

    assert [str(each.code) for each in advice(f"```sh\n{one}\n```\n\n```sh\n{other}\n```\n")] == ["covered-rule"]


def test_it_is_said_only_if_asked_for_and_fails_nothing() -> None:
    page = "```sh\niptables -A INPUT -p tcp -j DROP\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n"

    assert report_of(page).all_diagnostics() == []
    assert not check(Source("post.md", page), advises=True).is_refused
    assert {each.severity for each in advice(page)} == {"note"}


_IGNORED = "<!-- drytables-ignore covered-rule: it shows this -->\n"


def test_a_comment_switches_it_off() -> None:
    page = "```sh\niptables -A INPUT -p tcp -j DROP\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n"

    assert check(Source("post.md", _IGNORED + page), advises=True).all_diagnostics() == []
    assert report_of(_IGNORED + page).all_diagnostics() == []  # nor is the comment one too many


def test_nothing_is_said_of_what_is_not_to_be_judged() -> None:
    page = '```{.sh unchecked="it shows a mistake"}\niptables -A INPUT -m state --state NEW -j ACCEPT\n```\n'

    assert advice(page) == []


SHAPES = {
    "hosts": lambda at: f"-A INPUT -s 10.{at >> 8}.{at & 255}.1 -j DROP",
    "ports of hosts": lambda at: f"-A INPUT -s 10.0.0.{at % 250} -p tcp --dport {at} -j DROP",
    "ranges": lambda at: f"-A INPUT -p tcp --dport {at}:{20000 + at} -j DROP",
    "interfaces": lambda at: f"-A INPUT -i e{at}+ -p tcp -j DROP",
    "halves": lambda at: f"-A INPUT -p tcp --dport {(at * 7919 % 2000) * 30}:{(at * 7919 % 2000) * 30 + 20} -j DROP",
    "marks": lambda at: f"-A INPUT -m mark --mark {at}/{at | 0xFF00} -j DROP",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_grows_with_the_rules(shape: str) -> None:
    """Four times the rules take no more than about four times as long as without advice they would."""

    def taken(count: int) -> float:
        page = "```sh\n" + "".join(f"iptables {SHAPES[shape](at)}\n" for at in range(1, count)) + "```\n"
        started = time.process_time()
        check(Source("post.md", page), advises=True)
        return time.process_time() - started

    taken(100)
    assert taken(2000) < 10 * min(taken(500) for _ in range(2))
