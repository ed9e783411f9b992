"""Every target of the grammar has its place in the model, and does to a packet what its man page says."""

from __future__ import annotations

import pytest
from drytables.grammar.catalogue import all_extensions
from drytables.model.host import Host
from drytables.model.packet import Packet, address_of, before_tracking, tracked, written
from drytables.model.targets.effect import Effect
from drytables.model.targets.table import ACTS, act, observes

from ..rules import ruleset

TARGETS = sorted({each.name for each in all_extensions() if each.kind == "target"})


def address(text: str) -> int:
    """An address from its text."""
    found = address_of(text, "ipv4")
    assert found is not None
    return found


HOST = Host({("ipv4", "eth0"): (address("192.0.2.1"),), ("ipv4", "eth1"): (address("203.0.113.1"),)})
PACKET = tracked(
    Packet(
        way="forward", in_interface="eth0", out_interface="eth1", protocol=6,
        source=address("192.0.2.7"), source_port=4000,
        destination=address("198.51.100.9"), destination_port=80, mark=0xF0, ttl=64, tos=0x13, tcp_flags=2,
    ),
    "NEW",
)  # fmt: skip


def test_every_target_is_known() -> None:
    assert sorted(ACTS) == TARGETS


def effect_of(rule: str, packet: Packet = PACKET) -> Effect:
    """What the target of a rule does."""
    (placed,) = ruleset(rule).rules()
    assert placed.rule.target is not None, rule
    return act(placed.rule.target, packet, HOST)


@pytest.mark.parametrize(
    ("rule", "field", "value"),
    [
        ("MARK --set-mark 0x1", "mark", 1),
        ("MARK --set-mark 0x1/0x3", "mark", 0xF1),
        ("MARK --set-xmark 0x10/0x10", "mark", 0xF0),
        ("MARK --set-xmark 0x30/0x10", "mark", 0xD0),
        ("MARK --and-mark 0x30", "mark", 0x30),
        ("MARK --or-mark 0x3", "mark", 0xF3),
        ("MARK --xor-mark 0x30", "mark", 0xC0),
        ("MARK --set-mark $M", "mark", None),
        ("HMARK --hmark-tuple src --hmark-mod 10 --hmark-rnd 1", "mark", None),
        ("CONNMARK --save-mark", "connection_mark", 0xF0),
        ("CONNMARK --save-mark --mask 0x10", "connection_mark", 0x10),
        ("CONNMARK --set-mark 0x5", "connection_mark", 5),
        ("CONNMARK --restore-mark", "mark", 0),
        ("CONNMARK --restore-mark --nfmask 0x10 --ctmask 0xff", "mark", 0xE0),
        ("CONNMARK --restore-mark --mask 0xf", "mark", 0xF0),
        ("TOS --set-tos 0x10", "tos", 0x10),
        ("TOS --and-tos 0x01", "tos", 0x01),
        ("TOS --or-tos 0x80", "tos", 0x93),
        ("DSCP --set-dscp 0x2", "tos", 0x0B),
        ("DSCP --set-dscp-class EF", "tos", 0xBB),
        ("TTL --ttl-set 5", "ttl", 5),
        ("TTL --ttl-inc 200", "ttl", 255),
        ("TTL --ttl-dec 65", "ttl", 0),
    ],
)  # fmt: skip
def test_what_mangle_changes(rule: str, field: str, value: int | None) -> None:
    effect = effect_of(f"-t mangle -A PREROUTING -p tcp -j {rule}")

    assert getattr(effect.packet, field) == value
    assert effect.verdict is None
    assert value is not None or effect.unknown


@pytest.mark.parametrize(
    ("rule", "source", "destination"),
    [
        ("POSTROUTING -p tcp -j SNAT --to 203.0.113.9", "203.0.113.9:4000", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j SNAT --to 203.0.113.9:500", "203.0.113.9:500", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j SNAT --to 203.0.113.9:4000-4100", "203.0.113.9:4000", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j SNAT --to 203.0.113.9:500-600", "203.0.113.9:None", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j SNAT --to 203.0.113.9-203.0.113.10", "?:4000", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j SNAT --to 203.0.113.9 --random", "203.0.113.9:None", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j MASQUERADE", "203.0.113.1:4000", "198.51.100.9:80"),
        ("POSTROUTING -p tcp -j MASQUERADE --to-ports 7000", "203.0.113.1:7000", "198.51.100.9:80"),
        ("POSTROUTING -j NETMAP --to 10.1.2.0/24", "10.1.2.7:4000", "198.51.100.9:80"),
        ("PREROUTING -j NETMAP --to 10.1.2.0/24", "192.0.2.7:4000", "10.1.2.9:80"),
        ("PREROUTING -p tcp -j DNAT --to 10.0.0.5", "192.0.2.7:4000", "10.0.0.5:80"),
        ("PREROUTING -p tcp -j DNAT --to 10.0.0.5:8080", "192.0.2.7:4000", "10.0.0.5:8080"),
        ("PREROUTING -p tcp -j DNAT --to :8080", "192.0.2.7:4000", "198.51.100.9:8080"),
        ("PREROUTING -p tcp -j DNAT --to 10.0.0.5:8000-8100/10", "192.0.2.7:4000", "10.0.0.5:8070"),
        ("PREROUTING -p tcp -j REDIRECT --to-ports 3128", "192.0.2.7:4000", "192.0.2.1:3128"),
        ("PREROUTING -p tcp -j REDIRECT", "192.0.2.7:4000", "192.0.2.1:80"),
    ],
)  # fmt: skip
def test_what_nat_changes(rule: str, source: str, destination: str) -> None:
    effect = effect_of(f"-t nat -A {rule}")
    packet = effect.packet

    assert effect.verdict == "accepted"
    assert f"{written(packet.source, 'ipv4')}:{packet.source_port}" == source
    assert f"{written(packet.destination, 'ipv4')}:{packet.destination_port}" == destination
    assert packet.translated and packet.translated <= {"SNAT", "DNAT", "REDIRECT"}


@pytest.mark.parametrize(
    ("rule", "verdict", "answer"),
    [
        ("-A INPUT -j REJECT", "rejected", "icmp-port-unreachable"),
        ("-A INPUT -p tcp -j REJECT --reject-with tcp-reset", "rejected", "tcp-reset"),
        ("-A INPUT -j NFQUEUE", "queued", ""),
        ("-A INPUT -p tcp -j SYNPROXY --mss 1460", "answered", ""),
    ],
)
def test_verdicts(rule: str, verdict: str, answer: str) -> None:
    effect = effect_of(rule)

    assert (effect.verdict, effect.answer) == (verdict, answer)


def test_a_line_of_the_log_has_its_prefix() -> None:
    assert effect_of('-A INPUT -j LOG --log-prefix "in: "').log == ("LOG", "in: ", True)
    assert effect_of("-A INPUT -j NFLOG --nflog-prefix x --nflog-group 3").log == ("NFLOG", "x", True)


def test_an_untracked_packet_has_no_mark_of_a_connection() -> None:
    raw = before_tracking(PACKET)
    untracked = effect_of("-t raw -A PREROUTING -j NOTRACK", raw).packet

    assert untracked.state == "UNTRACKED"
    assert effect_of("-t mangle -A PREROUTING -j CONNMARK --restore-mark", untracked).packet == untracked
    assert effect_of("-t raw -A PREROUTING -j CT --notrack", raw).packet.state == "UNTRACKED"
    assert effect_of("-t raw -A PREROUTING -j NOTRACK", PACKET).packet == PACKET


def test_what_only_observes_changes_nothing() -> None:
    for rule in ("LOG", "NFLOG", "TRACE", "CLASSIFY --set-class 1:1", "TEE --gateway 192.0.2.9"):
        (placed,) = ruleset(f"-t {'raw -A PREROUTING' if rule == 'TRACE' else 'mangle -A FORWARD'} -j {rule}").rules()
        assert placed.rule.target is not None
        assert observes(placed.rule.target)
        assert act(placed.rule.target, PACKET, HOST).packet == PACKET
