"""Sends packets past pairs of rules, one of iptables and one of nft: `unshare --net --mount python nft_packets.py`.

It reads one request in JSON: for each program the `rules` of iptables, each as words from `-t` on, and the `statements`
of nft that are to do the same. Every packet meets both, and it answers with what each rule has counted, in their order.
Each kind of packet is sent another number of times, so that rules which count the same match the same kinds.
"""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_SOURCE4, _TARGET4 = "198.51.100.9", "192.0.2.1"
_SOURCE6, _TARGET6 = "2001:db8::9", "2001:db8::1"
#: How often it is tried whether IPv6 is ready.
_TRIES = 200
_COUNT = re.compile(r"counter packets (\d+)")
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79)
_TCP_OPTIONS = bytes([2, 4]) + (1400).to_bytes(2, "big") + bytes([3, 3, 7, 1, 8, 10]) + bytes(8)


def _checksum(octets: bytes) -> int:
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def ipv4(protocol: int, payload: bytes, tos: int = 0, ttl: int = 64, fragment: int = 0) -> bytes:
    """A packet of IPv4."""
    fields = (0x45, tos, 20 + len(payload), 7, fragment, ttl, protocol)
    ends = socket.inet_aton(_SOURCE4) + socket.inet_aton(_TARGET4)
    head = struct.pack("!BBHHHBB", *fields)
    return head + struct.pack("!H", _checksum(head + b"\0\0" + ends)) + ends + payload


def ipv6(following: int, payload: bytes, traffic_class: int = 0, hops: int = 64) -> bytes:
    """A packet of IPv6; `following` is the number of the header after its own."""
    head = struct.pack("!IHBB", 6 << 28 | traffic_class << 20, len(payload), following, hops)
    ends = socket.inet_pton(socket.AF_INET6, _SOURCE6) + socket.inet_pton(socket.AF_INET6, _TARGET6)
    return head + ends + payload


def udp(source: int, target: int, text: bytes = b"hello GET it") -> bytes:
    """A datagram."""
    return struct.pack("!HHHH", source, target, 8 + len(text), 0) + text


def tcp(source: int, target: int, flags: int, options: bytes = b"", text: bytes = b"") -> bytes:
    """A segment."""
    options += bytes(-len(options) % 4)
    size = (20 + len(options)) // 4
    return struct.pack("!HHIIBBHHH", source, target, 1, 1, size << 4, flags, 1024, 0, 0) + options + text


def packets4() -> Iterator[bytes]:
    """A packet of each kind, for IPv4."""
    yield ipv4(17, udp(4000, 53))
    yield ipv4(17, udp(53, 8005), tos=0x10, ttl=3)
    yield ipv4(6, tcp(1024, 80, 0x02, _TCP_OPTIONS), tos=0xB8)
    yield ipv4(6, tcp(443, 8000, 0x12), tos=0x03)
    yield ipv4(6, tcp(1025, 80, 0x18, text=b"GET / HTTP/1.1"), ttl=255)
    yield ipv4(6, tcp(80, 22, 0xC2), tos=0x01)
    yield ipv4(6, tcp(80, 22, 0x42))
    yield ipv4(1, bytes([8, 0, 0, 0]) + bytes(28))
    yield ipv4(1, bytes([3, 1, 0, 0]) + bytes(28))
    yield ipv4(1, bytes([3, 4, 0, 0]) + bytes(28))
    yield ipv4(17, bytes(32), fragment=3)
    yield ipv4(132, struct.pack("!HHII", 1024, 80, 1, 0) + bytes([0, 3, 0, 4, 1, 0, 0, 20]) + bytes(16))
    yield ipv4(132, struct.pack("!HHII", 80, 22, 1, 0) + bytes([0, 2, 0, 4]))
    yield ipv4(51, struct.pack("!BBHII", 17, 4, 0, 500, 1) + bytes(12) + udp(1, 2))
    yield ipv4(50, struct.pack("!II", 500, 1) + bytes(16))
    yield ipv4(33, struct.pack("!HHBBHBBH", 1024, 22, 4, 0, 0, 1, 0, 0) + bytes(8))


def packets6() -> Iterator[bytes]:
    """A packet of each kind, for IPv6."""
    plain = udp(4000, 53)
    yield ipv6(17, plain)
    yield ipv6(6, tcp(1024, 80, 0x02, _TCP_OPTIONS), traffic_class=0xB8, hops=3)
    yield ipv6(58, bytes([128, 0, 0, 0]) + bytes(8))
    yield ipv6(58, bytes([1, 0, 0, 0]) + bytes(8))
    yield ipv6(58, bytes([1, 4, 0, 0]) + bytes(8))
    yield ipv6(0, bytes([17, 0, 1, 4, 0, 0, 0, 0]) + plain)
    yield ipv6(60, bytes([17, 1, 1, 12]) + bytes(12) + plain)
    yield ipv6(43, bytes([17, 2, 2, 1]) + bytes(4) + bytes(16) + plain)
    yield ipv6(44, bytes([17, 0, 0, 1]) + struct.pack("!I", 77) + plain)
    yield ipv6(44, bytes([17, 0, 0, 16]) + struct.pack("!I", 78) + plain)
    yield ipv6(51, struct.pack("!BBHII", 17, 4, 0, 500, 1) + bytes(12) + plain)
    yield ipv6(50, struct.pack("!II", 500, 1) + bytes(16), traffic_class=0x10)
    yield ipv6(135, bytes([59, 0, 5, 0]) + bytes(4))


def run(*words: str, text: str | None = None) -> str:
    """What a program prints; it must not fail."""
    done = subprocess.run(words, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}\n{text or ''}")
    return done.stdout


def prepare() -> None:
    """Addresses, and a machine that takes packets from anywhere."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", f"{_TARGET4}/32", "dev", "lo")
    run("ip", "address", "add", f"{_TARGET6}/128", "dev", "lo", "nodad")
    run("ip", "-6", "route", "add", "2001:db8::9/128", "dev", "lo")
    for name in ("all", "lo", "default"):
        Path(f"/proc/sys/net/ipv4/conf/{name}/rp_filter").write_text("0")
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as own:
        own.bind((_TARGET6, 0))
        own.settimeout(0.02)
        for _ in range(_TRIES):  # IPv6 is not ready at once
            with suppress(OSError):
                own.sendto(b"?", own.getsockname())
                own.recv(1)
                return
    sys.exit("IPv6 does not get ready")


def send() -> None:
    """Each kind of packet as often as its prime says."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as out:
        out.bind(("lo", 0))
        for kind, packets in ((0x0800, packets4()), (0x86DD, packets6())):
            for times, packet in zip(_PRIMES, packets, strict=False):
                for _ in range(times):
                    out.send(bytes(12) + struct.pack("!H", kind) + packet)


def counted_by_iptables(program: str, rules: list[list[str]]) -> list[int]:
    """What each rule has counted; every rule stands in the chain that it names, in order."""
    found: dict[tuple[str, str], list[int]] = {}
    counts = []
    for rule in rules:
        place = rule[1], rule[3]
        if place not in found:
            listed = run(program, "-t", place[0], "-nvxL", place[1])
            found[place] = [int(line.split()[0]) for line in listed.splitlines()[2:]]
        counts.append(found[place].pop(0))
    return counts


def answer(request: dict[str, dict[str, list[list[str]]]]) -> dict[str, list[list[int]]]:
    """Set the rules up, send the packets, and count."""
    prepare()
    for program, part in request.items():
        for rule in part["rules"]:
            run(f"{program}-legacy", *rule)
        run("nft", "-f", "-", text="\n".join(line for lines in part["statements"] for line in lines))
    send()
    found = {}
    for program, part in request.items():
        word = "ip" if program == "iptables" else "ip6"
        counts: dict[tuple[str, str], list[int]] = {}
        for rule in part["rules"]:
            place = rule[1], rule[3]
            listed = run("nft", "list", "chain", word, *place)
            counts.setdefault(place, [int(each) for each in _COUNT.findall(listed)])
        nft = [counts[rule[1], rule[3]].pop(0) for rule in part["rules"]]
        found[program] = [counted_by_iptables(f"{program}-legacy", part["rules"]), nft]
    return found


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("this changes rules: it may run in a network namespace of its own only")
    print(json.dumps(answer(json.load(sys.stdin))))
