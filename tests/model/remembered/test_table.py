"""What matches remember of a few packets, told from what becomes of these; the kernel has its say in
tests/model/test_memory_kernel.py.
"""

from __future__ import annotations

import pytest
from drytables.model.prediction import predict
from drytables.model.walk import walk

from ..rules import packet, ruleset


def becomes(rules: list[str], packets: str) -> str:
    """What becomes of packets, each written as `SECONDS PACKET`: `+` accepted, `-` dropped, or what would have to be
    known.
    """
    sent = [line.strip().partition(" ") for line in packets.split("|")]
    times = None if any(at == "?" for at, _, _ in sent) else [float(at) for at, _, _ in sent]
    found = predict(ruleset(*rules), [packet(f"-p udp {text} into eth0") for _, _, text in sent], times=times)
    return " ".join(
        {"accepted": "+", "dropped": "-"}[each.fate.verdict]
        if each.fate is not None
        else f"[{', '.join(each.unknown)}]"
        for each in found
    )


#: The recipe of many posts against those who try passwords.
SSH = [
    "-A INPUT -m recent --set --name ssh",
    "-A INPUT -m recent --update --seconds 60 --hitcount 3 --name ssh -j DROP",
]
A, B = "-s 10.0.0.1", "-s 10.0.0.2"
L100, L600, L900 = (f"-m length --length {length}" for length in (100, 600, 900))


@pytest.mark.parametrize(
    ("rules", "packets", "expected"),
    [
        (SSH, f"0 {A} | 1 {A} | 2 {A} | 3 {B}", "+ + - +"),
        (SSH, f"0 {A} | 1 {A} | 70 {A} | 71 {A}", "+ + + +"),
        # --update renews the time, so that who keeps trying stays out.
        (SSH, f"0 {A} | 1 {A} | 2 {A} | 55 {A} | 110 {A}", "+ + - - -"),
        (SSH, f"? {A} | ? {A} | ? {A}", "+ + [when it comes]"),
        (SSH, "0 -s 10.0.0.1 | 1 --dport 22", "+ [its source address]"),
        (["-A INPUT -m recent --rcheck -j DROP", "-A INPUT -m recent --set"], f"? {A} | ? {A} | ? {B}", "+ - +"),
        (
            ["-A INPUT -m recent --rcheck -j DROP", "-A INPUT -m recent --set --mask 255.255.255.0"], f"0 {A}",
            "[which rule of its list was loaded first, since their masks differ]",
        ),
        (
            ["-A INPUT -m recent --remove -j ACCEPT", "-A INPUT -m recent --set -j DROP"],
            f"? {A} | ? {A} | ? {A}", "- + -",
        ),
        (["-A INPUT -m recent ! --set -j DROP"], f"? {A}", "+"),
        (
            ["-A INPUT -m statistic --mode random --probability 0.5 -m recent --set",
             "-A INPUT -m recent --rcheck -j DROP"], f"0 {A} | 0 {B}",
            "[which packets came before it] [which packets came before it]",
        ),
        # hashlimit: a bucket for each group, which fills at the rate.
        (
            ["-A INPUT -m hashlimit --hashlimit-above 1/sec --hashlimit-burst 2 --hashlimit-mode srcip "
             "--hashlimit-name x --hashlimit-htable-expire 9000 -j DROP"],
            f"0 {A} | 0 {A} | 0 {A} | 0 {B} | 1 {A} | 1 {A}", "+ + - + + -",
        ),
        # A second after its last packet the group is discarded, and after another second or two it is for sure.
        (
            ["-A INPUT -m hashlimit --hashlimit-upto 1/sec --hashlimit-burst 5 --hashlimit-mode srcip "
             "--hashlimit-name x -j DROP"],
            f"0 {A} | 0 {A} | 0 {A} | 1.5 {A} | 10 {A}", "- - - [whether its group was discarded in between] -",
        ),
        (
            ["-A INPUT -m hashlimit --hashlimit-upto 1kb/s --hashlimit-name x -j ACCEPT", "-A INPUT -j DROP"],
            f"0 {A} {L900} | 0 {A} {L900} | 0.9 {A} {L900} | 1 {A}", "+ - + [its length]",
        ),
        (
            ["-A INPUT -m hashlimit --hashlimit-upto 1/sec --hashlimit-mode srcport --hashlimit-name x -j DROP"],
            "0 --dport 22", "[its source port]",
        ),
        (
            ["-A INPUT -m hashlimit --hashlimit-upto 1/sec --hashlimit-name x",
             "-A INPUT -m hashlimit --hashlimit-upto 2/sec --hashlimit-name x -j DROP"], f"0 {A}",
            "[which rule of its table was loaded first, since their options differ]",
        ),
        (
            ["-A INPUT -m hashlimit --hashlimit-upto 1/sec --hashlimit-rate-match --hashlimit-name x -j DROP"],
            f"0 {A}", "[the rate of its group in the time before it]",
        ),
        # quota: once a packet was too long, nothing is left.
        (
            ["-A INPUT -m quota --quota 1000 -j ACCEPT", "-A INPUT -j DROP"],
            f"? {L600} | ? {L600} | ? {L100}", "+ - -",
        ),
        (["-A INPUT -m quota ! --quota 1000 -j DROP"], f"? {L600} | ? {L600} | ? -s 10.0.0.1", "+ - -"),
        (["-A INPUT -m quota --quota 1000 -j DROP"], f"? {A}", "[its length]"),
        # connlimit: one connection of a host in each network.
        (
            ["-A INPUT -m connlimit --connlimit-above 1 --connlimit-mask 24 -j DROP"],
            "0 -s 10.0.0.1 -d 10.9.9.9 --sport 5 --dport 22 | 1 -s 10.0.0.2 -d 10.9.9.9 --sport 5 --dport 22 | "
            "2 -s 10.0.1.1 -d 10.9.9.9 --sport 5 --dport 22 | 3 -s 10.0.0.1 -d 10.9.9.9 --sport 5 --dport 22 | "
            "90 -s 10.0.0.1 -d 10.9.9.9 --sport 6 --dport 22",
            "+ - + + [which connections are still open]",
        ),
        (["-A INPUT -m connlimit --connlimit-above 1 -j DROP"], f"0 {A}", "[which connection it is of]"),
    ],
)  # fmt: skip
def test_what_becomes_of_packets(rules: list[str], packets: str, expected: str) -> None:
    assert becomes(rules, packets) == expected


def test_a_list_has_a_hundred_addresses() -> None:
    """Of which the one that was renewed the longest ago makes room."""
    rules = ["-A INPUT -m recent --rcheck -j DROP", "-A INPUT -m recent --set"]
    addresses = [f"? -s 10.0.0.{last}" for last in [*range(1, 102), 2, 1]]

    assert becomes(rules, " | ".join(addresses)).split() == ["+"] * 101 + ["-", "+"]


def test_so_many_times_are_kept_as_are_counted() -> None:
    """Two, rounded up from two; the first of three packets is then forgotten."""
    rules = ["-A INPUT -m recent --rcheck --seconds 10 --hitcount 2 -j DROP", "-A INPUT -m recent --set"]

    assert becomes(rules, f"0 {A} | 1 {A} | 2 {A} | 11.5 {A} | 20 {A}") == "+ + - + +"


def test_of_one_packet_alone_only_what_is_put_on_a_list_is_certain() -> None:
    (ending,) = walk(packet("-p udp"), ruleset("-A INPUT -m recent --set -j DROP")).endings
    path = walk(packet("-p udp"), ruleset("-A INPUT -m recent --rcheck -j DROP"))

    assert ending.verdict == "dropped"
    assert not ending.branch.unknown
    assert path.endings[0].branch.unknown == ("which packets came before it",)
