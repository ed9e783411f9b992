"""What a hole may stand for: one word, or what the shell makes several of; and which words are holes at all."""

from __future__ import annotations

import pytest
from drive import report_of_code
from drytables.reading.holes import arity_of


@pytest.mark.parametrize(
    ("hole", "quoted", "arity"),
    [
        ("$x", False, "split"), ("$x", True, "one"), ("${x:+-p tcp}", False, "split"), ("$(proto)", False, "split"),
        ("`proto`", False, "split"), ("$(proto)", True, "one"), ("$@", False, "list"), ("$@", True, "list"),
        ("${@:2}", True, "list"), ("${a[@]}", True, "list"), ("${a[@]:1}", True, "list"), ("${!a@}", True, "list"),
        ("$*", False, "list"), ("$*", True, "one"), ("${a[*]}", False, "list"), ("${a[*]}", True, "one"),
        ("$#", False, "one"), ("$((i + 1))", False, "one"), ("${#a[@]}", False, "one"), ("...", False, "list"),
        ("…", False, "list"), ("[-i eth0]", False, "list"), ("<match>", False, "split"), ("{{ x }}", False, "split"),
        ("<match>", True, "one"), ("YOUR_IP", False, "one"), ("192.0.2.x", False, "one"),
    ],
)  # fmt: skip
def test_how_many_words_a_hole_stands_for(hole: str, quoted: bool, arity: str) -> None:
    assert arity_of(hole, is_quoted=quoted) == arity


OPEN = [
    # An option whose value can be left out leaves words that the shell splits alone.
    'iptables -w "$@"', "iptables -w $*", "iptables -w $RULE", 'iptables --wait "${a[@]}"', 'iptables -W "$@"',
    'iptables -c "$@"', "iptables -c $RULE",
    "iptables -A INPUT -c $COUNTERS -j DROP", "iptables -D INPUT $MATCH -j DROP", "iptables -R $WHAT",
    'iptables -L "$@" -n', "iptables -F $WHAT -t nat", 'iptables -F "$@" INPUT', "iptables -P $POLICY",
    # After words that may be options, nothing is known of the protocol and the matches.
    *(
        f"iptables -A INPUT {hole} --dport 22 -j ACCEPT"
        for hole in ("$M", '"$@"', '"${m[@]}"', "${x:+-p tcp}", "$(proto)", "`proto`", "...", "…", "<match>", "{{ m }}",
                     "[match]", "%MATCH%", "$A $B", '"$1"', "! $M")
    ),
    "iptables $OPTS -A INPUT --dport 22 -j ACCEPT", "iptables $TABLE -A PREROUTING -j DNAT --to-destination 192.0.2.1",
    "iptables -A INPUT $M -j REJECT --reject-with tcp-reset", "iptables -A INPUT --$WAY-interface eth0 -j DROP",
    "iptables -A INPUT --d$X 22 -j DROP", "iptables -A INPUT $M --src-cc CN -j DROP", 'iptables -A "$@" --dport 22',
    # Two values may come from one hole.
    "iptables -A INPUT -m set --match-set $SET -j DROP", "iptables -A INPUT -m set --match-set $SET",
    "iptables -A INPUT -p tcp --tcp-flags $F -j DROP", "iptables -A INPUT -p tcp --tcp-flags $(flags) -j DROP",
]  # fmt: skip


@pytest.mark.parametrize("command", OPEN)
def test_what_the_shell_splits_is_open(command: str) -> None:
    report = report_of_code(command)

    assert [each.status for each in report.commands()] == ["open"]
    assert not report.all_diagnostics()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        # One word is one value.
        ("iptables -A INPUT -s $IP --dport 22 -j ACCEPT", "unknown-option"),
        ('iptables -A INPUT -m set --match-set "$SET" -j DROP', "missing-value"),
        ("iptables -A INPUT -m set --match-set MY_SET -j DROP", "missing-value"),
        ("iptables -A INPUT $M --dprot 22 -j ACCEPT", "unknown-option"),
        ("iptables -w $N -A INPUT -A OUTPUT", "two-commands"),
        ("iptables -A INPUT -s $A 22 -j DROP", "stray-word"),
    ],
)
def test_what_is_wrong_whatever_a_hole_holds_is_refused(command: str, code: str) -> None:
    report = report_of_code(command)

    assert [each.status for each in report.commands()] == ["refused"]
    assert [each.code for each in report.all_diagnostics()] == [code]


PLACEHOLDERS = [
    "-s %ip%", "-s %ip%/24", '-s "%ip%"', "-s %%ip%%", "-p tcp --dport %from%:%to_port%", "-s <<ip>>", "-s <%= ip %>",
    "-s {your ip}", "-s {{{ip}}}", "[-m set --match-set $S src]", "[-s $S] [! -d <ip>]", "[ -s ${S}/24 ]",
    '[-m comment --comment "a b"]', "[-m set [--match-set $S src]]", "\\\n [ -s $S ]", "-s ____", "-s 192.168.__.__",
    "-s ?.?.?.?", "-s AA.BB.CC.DD/EE", "-s x.x.x.x/y", "-p tcp|udp", "-p tcp | udp", "-p <tcp|udp>", "-p tcp|udp|icmp",
    "-p tcp|udp --dport 22|80", "-i eth0|wlan0", "-m state --state NEW|ESTABLISHED", "-s 192.0.2.1|192.0.2.2",
]  # fmt: skip


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_a_placeholder_is_open(value: str) -> None:
    report = report_of_code(f"iptables -A INPUT {value} -j DROP")

    assert [each.status for each in report.commands()] == ["open"]
    assert not report.all_diagnostics()


@pytest.mark.parametrize("group", ["2001:db8:XX:YY::/64", "2001:db8:WWWW:XXXX::1", "2001:db8:n:n::1", "x:y:z::/48"])
def test_a_placeholder_in_an_ipv6_address_is_open(group: str) -> None:
    assert [each.status for each in report_of_code(f"ip6tables -A INPUT -s {group} -j DROP").commands()] == ["open"]


@pytest.mark.parametrize("end", ["|grep x", "|less", "| wc -l", "|sort|uniq", "|python3 x.py", " | sudo tee x"])
def test_a_pipe_is_no_choice(end: str) -> None:
    (checked,) = report_of_code(f"iptables -L INPUT{end}").commands()

    assert [word.text for word in checked.command.words] == ["iptables", "-L", "INPUT"]
