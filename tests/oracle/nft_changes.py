"""Looks at what a rule makes of packets: `unshare --net --mount python nft_changes.py`.

It reads a request a line, in JSON: `words`, a command of iptables, or `statements` of nft. It answers a line: how many
packets have each bit set, and each option, that a rule could change, when they are past it and reach this machine.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from oracle.nft_packets import prepare, run, send  # this is run as a program

#: CLONE_NEWNET of unshare(2).
_NEW_NETWORK = 0x4000_0000
_COUNT = re.compile(r"counter packets (\d+)")


def looks() -> Iterator[tuple[str, str]]:
    """What is looked at, with the family of its table."""
    for bit in range(8):
        yield "ip", f"@nh,8,8 & {1 << bit} == {1 << bit}"
        yield "ip", f"@nh,64,8 & {1 << bit} == {1 << bit}"
        yield "ip6", f"@nh,0,16 & {16 << bit} == {16 << bit}"
        yield "ip6", f"@nh,56,8 & {1 << bit} == {1 << bit}"
        yield "ip", f"ip protocol tcp @th,104,8 & {1 << bit} == {1 << bit}"
    for bit in range(32):
        yield "ip", f"meta mark & {1 << bit} == {1 << bit}"
        yield "ip", f"ct mark & {1 << bit} == {1 << bit}"
    for kind in (2, 3, 8):
        yield "ip", f"tcp option {kind} exists"
    yield "ip", "tcp option maxseg size 1400"
    yield "ip", "tcp option maxseg size 90"
    yield "ip", "ip daddr 192.0.2.1"
    yield "ip", "ip daddr 192.0.2.129"
    yield "ip", "ct status dnat"


def seen(request: dict[str, list[str]]) -> list[int]:
    """Set the rule up alone, in a namespace of its own, send the packets, and look."""
    if ctypes.CDLL(None).unshare(_NEW_NETWORK):
        sys.exit("a network namespace cannot be had")
    prepare()
    run("ip", "address", "add", "192.0.2.129/32", "dev", "lo")
    if "words" in request:
        run(f"{request['words'][0]}-legacy", *request["words"][1:])
    else:
        run("nft", "-f", "-", text="\n".join(request["statements"]))
    text = ["add table ip look", "add table ip6 look"]
    text += (f"add chain {family} look in {{ type filter hook input priority 300; }}" for family in ("ip", "ip6"))
    text += (f"add rule {family} look in {look} counter" for family, look in looks())
    run("nft", "-f", "-", text="\n".join(text))
    send()
    listed = "".join(run("nft", "list", "table", family, "look") for family in ("ip", "ip6"))
    return [int(each) for each in _COUNT.findall(listed)]


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("this changes rules: it may run in a network namespace of its own only")
    for line in sys.stdin:
        print(json.dumps(seen(json.loads(line))), flush=True)
