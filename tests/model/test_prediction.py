"""What is predicted of packets that are sent one after another; the kernel has its say in test_machine_kernel.py."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from drytables.model.host import Host
from drytables.model.packet import Packet, address_of, written
from drytables.model.prediction import predict

from .rules import ruleset

UDP, TCP = 17, 6
SERVER = address_of("198.51.100.9", "ipv4")


def sent(count: int, protocol: int = UDP, port: int = 53) -> list[Packet]:
    """The first packets of some connections, which this machine sends through eth0."""
    client = address_of("192.0.2.1", "ipv4")
    return [
        Packet(
            way="out", in_interface="", out_interface="eth0", protocol=protocol, source=client, destination=SERVER,
            source_port=40_000 + number, destination_port=port,
        )
        for number in range(count)
    ]  # fmt: skip


NTH = "-m statistic --mode nth"
FIRST_POST = [
    f"-t nat -A POSTROUTING {NTH} --every {4 - turn} --packet 0 -j SNAT --to 192.168.1.20{turn}" for turn in (1, 2, 3)
]


def test_connections_take_the_addresses_of_the_first_post_in_turn() -> None:
    found = predict(ruleset(*FIRST_POST), sent(300))

    addresses = [written(each.fate.packet.source, "ipv4") for each in found if each.fate is not None]
    assert addresses == ["192.168.1.201", "192.168.1.202", "192.168.1.203"] * 100


@pytest.mark.parametrize(
    ("rules", "count", "verdicts"),
    [
        (["-A OUTPUT -j DROP"], 2, "dropped dropped"),
        ([f"-A OUTPUT {NTH} --every 2 --packet 1 -j DROP"], 4, "accepted dropped accepted dropped"),
        (["-P OUTPUT DROP", f"-A OUTPUT {NTH} --every 3 --packet 0 -j ACCEPT"], 4, "accepted dropped dropped accepted"),
        (["-N a", f"-A OUTPUT {NTH} --every 2 --packet 0 -j a", "-A a -j REJECT"], 3, "rejected accepted rejected"),
        (["-A OUTPUT -m limit --limit 1/min --limit-burst 2 -j ACCEPT", "-A OUTPUT -j DROP"], 3, "? ? ?"),
        (["-A OUTPUT -m statistic --mode random --probability 0.25 -j DROP"], 1, "?"),
    ],
)
def test_verdicts(rules: Sequence[str], count: int, verdicts: str) -> None:
    found = predict(ruleset(*rules), sent(count))

    assert " ".join(each.fate.verdict if each.fate is not None else "?" for each in found) == verdicts


def test_chance_has_shares() -> None:
    """Exact ones, which add up."""
    rules = ["-m statistic --mode random --probability 0.25 -j DROP", f"{NTH} --every 3 --packet 0 -j REJECT"]

    (_, second) = predict(ruleset(*(f"-A OUTPUT {rule}" for rule in rules)), sent(2))

    shares = {fate.verdict: share for fate, share in second.shares.items()}
    assert shares == {"dropped": Fraction(1, 4), "rejected": Fraction(1, 4), "accepted": Fraction(1, 2)}


def test_a_bucket_needs_the_time() -> None:
    rules = ruleset("-A OUTPUT -m limit --limit 2/sec --limit-burst 2 -j ACCEPT", "-A OUTPUT -j DROP")

    without = predict(rules, sent(1))
    found = predict(rules, sent(5), times=[0, 0.1, 0.2, 0.6, 0.7])

    assert without[0].unknown == ("when it comes",)
    assert [each.fate and each.fate.verdict for each in found] == [
        "accepted", "accepted", "dropped", "accepted", "dropped",
    ]  # fmt: skip


def test_replies_are_changed_back_and_keep_the_mark_of_their_connection() -> None:
    inside, outside = (address_of(text, "ipv4") for text in ("10.0.0.5", "203.0.113.1"))
    assert inside and outside
    host = Host({("ipv4", "eth1"): (outside,)})
    rules = ruleset(
        "-t nat -A POSTROUTING -o eth1 -j MASQUERADE",
        "-t mangle -A FORWARD -j CONNMARK --restore-mark",
        "-t mangle -A FORWARD -m mark --mark 0 -j MARK --set-mark 7",
        "-t mangle -A FORWARD -j CONNMARK --save-mark",
        "-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT",
        "-A FORWARD -i eth1 -j DROP",
    )
    request = Packet(
        way="forward", in_interface="eth0", out_interface="eth1", protocol=TCP, source=inside, destination=SERVER,
        source_port=5000, destination_port=80, tcp_flags=2,
    )  # fmt: skip
    reply = Packet(
        way="in", in_interface="eth1", protocol=TCP, source=SERVER, destination=outside, source_port=80,
        destination_port=5000, tcp_flags=18,
    )  # fmt: skip
    stranger = reply.changed(destination_port=5001, tcp_flags=16)

    first, second, third = predict(rules, [request, reply, stranger], host)

    assert first.fate and second.fate and third.fate
    assert written(first.fate.packet.source, "ipv4") == "203.0.113.1"
    assert written(second.fate.packet.destination, "ipv4") == "10.0.0.5"
    assert (second.fate.verdict, second.fate.packet.mark) == ("accepted", 7)
    assert third.fate.packet.way == "in"


def test_the_next_packet_of_an_untracked_one_is_not_taken_for_it() -> None:
    """What is not tracked leaves the marks of connections alone."""
    rules = ruleset(
        "-t raw -A OUTPUT -p udp --sport 40001 -j NOTRACK",
        "-t mangle -A OUTPUT -m connmark --mark 0 -j CONNMARK --set-mark 5",
        "-A OUTPUT -m connmark --mark 5 -j DROP",
    )
    first, untracked = sent(2)

    found = predict(rules, [first.changed(states=frozenset({"NEW"})), untracked, first])

    assert [each.fate and each.fate.verdict for each in found] == ["dropped", "accepted", "dropped"]


def test_two_clients_with_one_port_do_not_keep_it_both() -> None:
    """Where their connections would be the same behind SNAT; but a port that a rule sets is not changed."""
    clients = [address_of(f"10.0.0.{last}", "ipv4") for last in (1, 2)]
    packets = [each.changed(source=client, source_port=5000) for client, each in zip(clients, sent(2), strict=True)]

    free = predict(ruleset("-t nat -A POSTROUTING -j SNAT --to 192.0.2.1"), packets)
    fixed = predict(ruleset("-t nat -A POSTROUTING -p udp -j SNAT --to 192.0.2.1:6000"), packets)

    assert [each.fate and each.fate.packet.source_port for each in free] == [5000, None]
    assert [each.fate and each.fate.verdict for each in fixed] == ["accepted", "dropped"]
