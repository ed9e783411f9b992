"""Tables of IPv4 and of IPv6 as one of both families."""

import pytest
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.script import Command, script
from drytables.reading.shell.line import read_line


def lines(*commands: str) -> list[str]:
    """The file of some commands, with fewer rules; without its head."""
    found = [Command(f"here:{number}", line, judge(read_line(Source("line", line))).rule)  # type: ignore[arg-type]
             for number, line in enumerate(commands, 1)]  # fmt: skip
    return script(found, is_joined=True).text.splitlines()[1:]


def both(*commands: str) -> list[str]:
    """The file of commands that are run by both programs."""
    return lines(*[f"{program} {command}" for program in ("iptables", "ip6tables") for command in commands])


def test_tables_that_are_the_same_are_one() -> None:
    assert both("-P INPUT DROP", "-N mine", "-A mine -p udp -j RETURN", "-A INPUT -p tcp --dport 22 -j mine") == [
        "# `inet filter` is in place of `ip filter` and `ip6 filter`: delete these if there are any",
        "add table inet filter",
        "add chain inet filter INPUT { type filter hook input priority filter; policy drop; }",
        "add chain inet filter mine",
        "add rule inet filter mine meta l4proto udp counter return",
        "add chain inet filter INPUT { type filter hook input priority filter; }",
        "add rule inet filter INPUT tcp dport 22 counter jump mine",
    ]


def test_rules_are_joined_in_both_before() -> None:
    assert both("-A INPUT -p tcp -j ACCEPT", "-A INPUT -p udp -j ACCEPT")[-1] == (
        "add rule inet filter INPUT meta l4proto { tcp, udp } counter accept"
    )


@pytest.mark.parametrize(
    "commands",
    [
        ["iptables -A INPUT -p tcp -j ACCEPT"],
        ["iptables -A INPUT -p tcp -j ACCEPT", "ip6tables -A INPUT -p udp -j ACCEPT"],
        ["iptables -A INPUT -j ACCEPT", "iptables -A INPUT -s 192.0.2.1 -j DROP", "ip6tables -A INPUT -j ACCEPT"],
        ["iptables -P INPUT DROP", "iptables -A INPUT -j LOG", "ip6tables -A INPUT -j LOG"],
        ["iptables -A INPUT -j LOG", "ip6tables -A FORWARD -j LOG"],
        ["iptables -A INPUT -p icmp -j ACCEPT", "ip6tables -A INPUT -p ipv6-icmp -j ACCEPT"],
        [f"{program} {rest}" for program in ("iptables", "ip6tables") for rest in ("-A INPUT -j LOG", "-Z INPUT")],
        [f"{program} {rest}" for program in ("iptables", "ip6tables") for rest in ("-A INPUT -j LOG", "-L INPUT")],
        [f"{program} -A INPUT -m connlimit --connlimit-above 3 -j DROP" for program in ("iptables", "ip6tables")],
    ],
)
def test_tables_that_differ_stay_apart(commands: list[str]) -> None:
    assert not [line for line in lines(*commands) if "inet" in line]


def test_one_table_can_be_of_both_while_another_is_not() -> None:
    filtering = [f"{program} -A INPUT -j DROP" for program in ("iptables", "ip6tables")]
    made = lines("iptables -t nat -A POSTROUTING -j MASQUERADE", *filtering)

    assert "add rule ip nat POSTROUTING counter masquerade" in made
    assert [line for line in made if " filter INPUT c" in line] == ["add rule inet filter INPUT counter drop"]
