"""Sends packets through rules, in a network namespace of its own, and tells which rules counted each of them.

Reads one request, as JSON, from stdin: the program, the table, the rules (each from `-A` on), how many packets, and
whether each of them is looked at alone. Answers with a list, in JSON: for each packet looked at, how many packets each
rule counted and from which address it came.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

_COUNTERS = re.compile(r"^-A .* -c (\d+) \d+", re.MULTILINE)

#: How many seconds a packet may take. It has mostly arrived when it was sent; not where other programs keep the
#: processors busy.
PATIENCE = 1

#: Addresses of this namespace, for rules that change where packets come from.
ADDRESSES = [f"192.168.1.{number}/32" for number in (201, 202, 203)]


def counted(program: str, table: str, chain: str) -> list[int]:
    """How many packets each rule of a chain has counted."""
    listed = subprocess.run(
        [program, "-t", table, "-v", "-S", chain], capture_output=True, encoding="ascii", check=True
    )
    return [int(each) for each in _COUNTERS.findall(listed.stdout)]


def send(receiver: socket.socket) -> str:
    """Send a packet that is also the first of a connection; return the address from which it arrived, if it did."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        try:
            sender.sendto(b"", receiver.getsockname())
            return str(receiver.recvfrom(1)[1][0])
        except (TimeoutError, PermissionError):  # a rule dropped it
            return ""


def answer(request: dict[str, object]) -> list[tuple[list[int], str]]:
    """Set the rules up, send the packets, and count."""
    program, table, chain = str(request["program"]), str(request["table"]), str(request["chain"])
    rules, count = request["rules"], request["packets"]
    assert isinstance(rules, list) and isinstance(count, int)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in ADDRESSES:
        subprocess.run(["ip", "address", "add", address, "dev", "lo"], check=True)
    for rule in rules:
        subprocess.run([program, "-t", table, *str(rule).split()], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(PATIENCE)
        found, before = [], [0] * len(rules)
        for number in range(count):
            source = send(receiver)
            if request["each"] or number == count - 1:
                now = counted(program, table, chain)
                found.append(([new - old for old, new in zip(before, now, strict=True)], source))
                before = now
    return found


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("this changes iptables: it may run in a network namespace of its own only")
    print(json.dumps(answer(json.load(sys.stdin))))
