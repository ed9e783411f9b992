"""Packets as people write them."""

from __future__ import annotations

import pytest
from drytables.diagnostics.source import Source
from drytables.model.packet import Packet, written
from drytables.model.packet_text import Unreadable, read_packet

from .rules import packet


def short(found: Packet) -> str:
    """What is said of a packet, in a line."""
    ends = (f"{name}={written(getattr(found, name), found.family)}" for name in ("source", "destination")
            if getattr(found, name) is not None)  # fmt: skip
    plain = ("in_interface", "out_interface", "protocol", "source_port", "destination_port", "tcp_flags", "icmp_type",
             "icmp_code", "length", "ttl", "tos", "mac_source", "user")  # fmt: skip
    known = (f"{name}={getattr(found, name)}" for name in plain if getattr(found, name) not in (None, ""))
    marks = [f"mark={found.mark}"] if found.mark else []
    states = ["/".join(sorted(found.states))] if len(found.states) < 5 else []
    return " ".join([found.way, *ends, *known, *marks, *states, *(["reply"] if found.is_reply else [])])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "-p tcp -s 192.0.2.7 --dport 22 into eth0",
            "in source=192.0.2.7 in_interface=eth0 protocol=6 destination_port=22",
        ),
        ("-i eth0 -p 6", "in in_interface=eth0 protocol=6"),
        (
            "udp out of eth1 to 192.0.2.1:53",
            "out destination=192.0.2.1 out_interface=eth1 protocol=17 destination_port=53",
        ),
        ("tcp into eth0 out of eth1 new", "forward in_interface=eth0 out_interface=eth1 protocol=6 NEW"),
        ("-i eth0 -o eth1", "forward in_interface=eth0 out_interface=eth1"),
        ("out of lo", "loopback out_interface=lo"),
        ("into lo out of lo", "loopback out_interface=lo"),
        ("tcp", "in protocol=6"),
        ("-p tcp --syn", "in protocol=6 tcp_flags=2"),
        ("-p tcp --tcp-flags ALL SYN,ACK established", "in protocol=6 tcp_flags=18 ESTABLISHED"),
        ("-m conntrack --ctstate NEW,ESTABLISHED", "in ESTABLISHED/NEW"),
        ("-m conntrack --ctdir REPLY -m state --state ESTABLISHED", "in ESTABLISHED reply"),
        ("-p icmp --icmp-type ping", "in protocol=1 icmp_type=8 icmp_code=0"),
        ("-p icmp --icmp-type 3", "in protocol=1 icmp_type=3"),
        ("-p icmp --icmp-type 3/1", "in protocol=1 icmp_type=3 icmp_code=1"),
        ("-m mark --mark 0x10 -m ttl --ttl 3 -m length --length 60", "in length=60 ttl=3 mark=16"),
        ("-m mac --mac-source 0:1:2:3:4:5 -i eth0", "in in_interface=eth0 mac_source=00:01:02:03:04:05"),
        ("-m owner --uid-owner 0 out of eth0", "out out_interface=eth0 user=0"),
        (
            "tcp from [2001:db8::1]:80 to 2001:db8::2",
            "in source=2001:db8::1 destination=2001:db8::2 protocol=6 source_port=80",
        ),
        ("-6 -p icmpv6 --icmpv6-type echo-request", "in protocol=58 icmp_type=128 icmp_code=0"),
        ("-s 2001:db8::1", "in source=2001:db8::1"),
    ],
)
def test_what_is_read(text: str, expected: str) -> None:
    assert short(packet(text)) == expected


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("", "", "nothing is said of the packet"),
        ("-p tcp --dprot 22 into eth0", "--dprot", "did you mean `--dport`?"),
        ("tcp intoo eth0", "intoo", "did you mean `into`?"),
        ("tcp estabished", "estabished", "did you mean `established`?"),
        ("tcp into", "into", "`into` needs an interface after it"),
        ("tcp from -i eth0", "from", "`from` needs an address after it"),
        ("from 192.0.2.300", "192.0.2.300", "not an address"),
        ("-s 192.0.2.0/24", "-s 192.0.2.0/24", "true of several packets"),
        ("-s 192.0.2.1,192.0.2.2", "-s 192.0.2.1,192.0.2.2", "one address here, and not several"),
        ("-p tcp --dport 22:80", "--dport 22:80", "true of several packets"),
        ("-i eth+", "-i eth+", "true of several packets"),
        ("! -s 192.0.2.1", "!", "nothing is not"),
        ("-p tcp -j ACCEPT", "-j", "of a rule, and not of a packet"),
        ("-A INPUT -p tcp", "-A", "of a rule, and not of a packet"),
        ("-p tcp to 192.0.2.1:22 --dport 80", "to 192.0.2.1:22", ""),
        ("-m limit", "-m limit", "cannot be followed"),
        ("from www.example.org", "from www.example.org", ""),
        ("tcp 'into", "'", "never closed"),
        ("--dport 22", "--dport", "no match or target on this line has `--dport`"),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, at: str, said: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_packet(Source("packet", text))

    (fault, *_) = found.value.diagnostics
    assert said in f"{fault.message} {fault.label.text} {fault.help}"
    if said:
        assert text[fault.span.start : fault.span.end] == at
