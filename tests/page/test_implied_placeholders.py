"""A name that stands for a value is a hole where iptables would refuse it, and a name everywhere else."""

from __future__ import annotations

import pytest
from drive import report_of, report_of_code


def judged(code: str) -> tuple[list[str], list[str]]:
    """The statuses and the holes of the commands of a snippet."""
    commands = list(report_of_code(code).commands())
    return [each.status for each in commands], [hole for each in commands for hole in each.verdict.holes]


@pytest.mark.parametrize(
    ("code", "holes"),
    [
        ("iptables -D INPUT rule-number", ["rule-number"]),
        ("iptables -I INPUT position -j DROP", ["position"]),
        ("iptables -P CHAIN DROP", ["CHAIN"]),
        ("iptables -t table -L", ["table"]),
        ("iptables -A INPUT -p protocol --dport port_number -j DROP", ["protocol"]),
        ("iptables -A INPUT -p tcp --dport PORT -j DROP", ["PORT"]),
        ("iptables -A INPUT -p tcp --dport PORT1:PORT2 -j DROP", ["PORT1:PORT2"]),
        ("iptables -A INPUT -p tcp --dport ssh_port -j DROP", ["ssh_port"]),
        ("iptables -A INPUT -p tcp --dport xxxx -j DROP", ["xxxx"]),
        ("iptables -A INPUT -p tcp --dport puerto -j DROP", ["puerto"]),
        ("iptables -A INPUT -p tcp --dport numéro-port -j DROP", ["numéro-port"]),
        ("iptables -A INPUT -m state --state STATE -j DROP", ["STATE"]),
        ("iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination IP:PORT", ["IP:PORT"]),
        ("iptables -A INPUT -s IP -d ip-address -j DROP", ["IP", "ip-address"]),
        ("iptables -A INPUT -s SUBNET/24 -j DROP", ["SUBNET/24"]),
    ],
)
def test_a_stand_in_is_a_hole(code: str, holes: list[str]) -> None:
    found, shown = judged(code)

    assert found == ["open"]
    assert set(holes) <= set(shown)


@pytest.mark.parametrize(
    "code",
    [
        "iptables -A INPUT -i wan_interface -j DROP",
        "iptables -N chain_name",
        "iptables -N CHAIN\niptables -A CHAIN -j DROP",
        "iptables -A INPUT -s db.example.org -j DROP",
        "iptables -A INPUT -m comment --comment port -j DROP",
    ],
)
def test_a_name_that_may_stand_there_is_one(code: str) -> None:
    assert set(judged(code)[0]) == {"accepted"}


@pytest.mark.parametrize(
    "code",
    [
        "iptables -A INPUT -p tcp --dport 99999 -s IP",
        "iptables -A INPUT -p tpc --dport PORT",
        "iptables -A INPUT -m limit --limit 50/minutes",
        "iptables -A INPUT -m string --string port",
        "iptables -A INPUT port -j DROPP",
        "iptables -A INPUT -p tcp --dport htpp",
    ],
)
def test_what_else_is_wrong_is_refused(code: str) -> None:
    assert "refused" in judged(code)[0]


def test_any_protocol_may_have_the_option() -> None:
    assert judged("iptables -A INPUT -p <protocol> --dport 80 --syn -j DROP")[0] == ["open"]
    assert judged("iptables -A INPUT -p $P -dport 80 -j DROP")[0] == ["refused"]


def test_a_variable_has_the_value_that_an_earlier_fence_gave_it() -> None:
    text = "Title: x\n\n```sh\nPORT=99999\n```\n\ntext\n\n```sh\niptables -A INPUT -p tcp --dport $PORT\n```\n"
    (checked,) = report_of(text).commands()

    assert (checked.status, checked.verdict.holes) == ("refused", ())


@pytest.mark.parametrize(
    ("prose", "severities"),
    [
        ("type `iptables -A INPUT -dport 80 -j DROP`", ["note"]),
        ("type ``sudo iptables -A INPUT -p tcp --dport 99999 -j DROP`` here", ["note"]),
        ("`iptables -L`, `iptables -A`, `-dport`, `iptables -A INPUT -p`", []),
        ("`iptables -A INPUT -s <ip> -p tcp --dport PORT -j DROP`", []),
    ],
)
def test_a_command_within_a_sentence_gets_advice_only(prose: str, severities: list[str]) -> None:
    report = report_of(f"Title: x\n\nIn a sentence, {prose}.\n")

    assert [each.severity for each in report.all_diagnostics()] == severities
    assert not list(report.commands())
    assert not report.is_refused
