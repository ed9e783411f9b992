"""Sends datagrams past rules of nft, one form of them after another: `unshare --net --mount python nft_joined.py`.

It reads a request a line, in JSON: the `forms`, each a list of statements; the datagrams as `packets`, each an address
and a port of this machine; and how many `repeats` of them are sent. Every datagram is from a port of its own, so that
each is a connection. It answers, for each form, what became of each datagram: the address that it came from and where
it arrived, or null. What is marked 1 or 2 by a rule arrives, or does not, by the mark.
"""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from itertools import count
from pathlib import Path

#: Addresses of this machine, of IPv6 as well.
ADDRESSES = ("10.0.0.1", "10.0.0.2", "10.0.0.3", "192.168.1.201", "192.168.1.202", "192.168.1.203")
ADDRESSES6 = ("fd00::1", "fd00::2")
PORTS = (22, 23, 53, 80, 81, 443, 8080)
#: What is marked 2 is lost, after all other rules.
_MARKS = """add table ip seen
add chain ip seen INPUT { type filter hook input priority 300; }
add rule ip seen INPUT meta mark 0x2 drop
"""
_FROM = count(20000)


def run(*words: str, text: str = "") -> None:
    """Run a program, which must not fail."""
    done = subprocess.run(words, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}\n{text}")


def listeners() -> dict[int, tuple[socket.socket, str, int]]:
    """A socket at each address and port, by its number."""
    found = {}
    for address in (*ADDRESSES, *ADDRESSES6):
        for port in PORTS:
            listener = socket.socket(family_of(address), socket.SOCK_DGRAM)
            listener.bind((address, port))
            found[listener.fileno()] = (listener, address, port)
    return found


def family_of(address: str) -> socket.AddressFamily:
    """The family of an address."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def seen(poll: select.poll, sockets: dict[int, tuple[socket.socket, str, int]], address: str, port: int) -> object:
    """What becomes of one datagram: it has arrived when it has been sent, since it goes through `lo`."""
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as sender:
        sender.bind(("", next(_FROM)))
        try:
            sender.sendto(b"?", (address, port))
        except PermissionError:
            return None
    for number, _ in poll.poll(0):
        listener, *where = sockets[number]
        return [listener.recvfrom(1)[1][0], *where]
    return None


def main() -> None:
    """Answer each request."""
    run("ip", "link", "set", "lo", "up")
    for address in ADDRESSES:
        run("ip", "address", "add", f"{address}/32", "dev", "lo")
    for address in ADDRESSES6:
        run("ip", "address", "add", f"{address}/128", "dev", "lo", "nodad")
    sockets = listeners()
    poll = select.poll()
    for number in sockets:
        poll.register(number, select.POLLIN)
    for line in sys.stdin:
        request = json.loads(line)
        answers = []
        for form in request["forms"]:
            run("nft", "-f", "-", text="flush ruleset\n" + _MARKS + "\n".join(form))
            packets = request["packets"] * request["repeats"]
            answers.append([seen(poll, sockets, address, port) for address, port in packets])
        print(json.dumps(answers))


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("this changes rules: it may run in a network namespace of its own only")
    main()
