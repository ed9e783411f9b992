"""Sends packets of any kind through the rules of a machine, in a namespace of its own, and tells what they meet.

The machine has two interfaces, `in0` with 192.0.2.1/24 and `out0` with 198.51.100.1/24, and forwards between them. Both
end in this program, which writes packets into them and reads what comes out.

Reads one request, as JSON, from stdin: the variant (`legacy` or `nft`), the family, the rules as iptables-restore
takes them, the packets, each with where it comes from (an interface, or `local`) and its bytes in hexadecimal, how
long to wait before each in seconds (not at all, if nothing is said), the sets as `ipset restore` takes them, and what
is asked: `each` packet looked at, `all` of them together, or a `trace` of those that the rules have traced, with nft.
Answers in JSON: how many packets each rule and policy counted, by table and chain, and what came out where, for each
packet with when it was sent, or once; or the lines of the trace.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

_TUNSETIFF, _TUN_WITHOUT_HEADER = 0x400454CA, 0x1001
ADDRESSES = {"in0": ("192.0.2.1/24", "2001:db8:1::1/64"), "out0": ("198.51.100.1/24", "2001:db8:2::1/64")}
#: Ports that somebody listens to, so that nobody is told that they are closed.
LISTENED_TO = (53, 123, 5353)
_SYSCTLS = {
    "ipv4/ip_forward": "1", "ipv4/conf/all/rp_filter": "0", "ipv4/conf/default/rp_filter": "0",
    "ipv4/icmp_echo_ignore_all": "1", "ipv4/conf/all/send_redirects": "0", "ipv4/conf/default/send_redirects": "0",
    "ipv4/conf/all/accept_local": "1", "ipv4/icmp_ratelimit": "0",
    "ipv6/conf/all/forwarding": "1", "ipv6/conf/default/accept_dad": "0", "ipv6/conf/default/router_solicitations": "0",
}  # fmt: skip
_LINE = re.compile(r"\[(\d+):\d+\] -A (\S+)")
#: What the first line about each packet says, where the rule that has it traced is the first that it meets.
_TRACED = "-j TRACE"
_POLICY = re.compile(r":(\S+) \S+ \[(\d+):\d+\]")
#: How long a packet may take, in seconds; it has mostly arrived when it was sent. And how long a whole trace may.
_PATIENCE, _LONGEST = 0.02, 30


def main() -> None:
    """Set everything up, send the packets, and answer."""
    request = json.load(sys.stdin)
    interfaces = set_up()
    program = ("iptables" if request["family"] == "ipv4" else "ip6tables") + f"-{request['variant']}"
    if request.get("sets"):
        subprocess.run(["ipset", "restore"], input=request["sets"], encoding="utf-8", check=True)
    loaded = subprocess.run(
        [f"{program}-restore"], input=request["rules"], capture_output=True, encoding="utf-8", check=False
    )
    if loaded.returncode:
        sys.exit(loaded.stderr)
    listeners = [*listen(request["family"])]
    packets = [(place, bytes.fromhex(data)) for place, data in request["packets"]]
    waits = request.get("waits") or [0] * len(packets)
    answer = {"each": partial(each_packet, waits=waits), "all": all_packets, "trace": trace}[request["asked"]]
    print(json.dumps(answer(program, interfaces, packets)))
    del listeners


#: What is counted, by table and chain.
Counted = dict[str, dict[str, list[int]]]
Packets = list[tuple[str, bytes]]


def each_packet(program: str, interfaces: dict[str, int], packets: Packets, waits: list[float]) -> list[object]:
    """What was counted and what came out, for each packet, and when it was sent."""
    answers: list[object] = []
    before = counters(program)
    for wait, (place, packet) in zip(waits, packets, strict=True):
        time.sleep(wait)
        at = time.monotonic()
        send(interfaces, place, packet)
        came = coming_out(interfaces, packet[0] >> 4)
        now = counters(program)
        answers.append({"counted": difference(before, now), "came": came, "at": at})
        before = now
    return answers


def all_packets(program: str, interfaces: dict[str, int], packets: Packets) -> list[object]:
    """What was counted of all packets together."""
    for number, (place, packet) in enumerate(packets):
        send(interfaces, place, packet)
        if number % 100 == 0:
            coming_out(interfaces, 4)
    coming_out(interfaces, 4)
    return [{"counted": counters(program), "came": []}]


def trace(program: str, interfaces: dict[str, int], packets: Packets) -> list[object]:
    """The lines of the kernel's own trace, until they have begun for the last packet, which all are waited for with."""
    lines: list[object] = []
    begun = 0
    command = ["stdbuf", "-oL", "xtables-monitor", "--trace"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as monitor:
        assert monitor.stdout is not None
        while not (is_listened_to() and is_idle(monitor.pid)):
            pass
        for place, packet in packets:
            send(interfaces, place, packet)
            coming_out(interfaces, 4)
            while monitor.poll() is None and not is_idle(monitor.pid):
                pass
        end = threading.Timer(_LONGEST, monitor.terminate)
        end.start()
        while begun < len(packets) and (line := monitor.stdout.readline()):
            lines.append(line.rstrip())
            begun += _TRACED in line
        end.cancel()
        monitor.terminate()
    return lines


def is_listened_to() -> bool:
    """Whether somebody listens to the traces of nf_tables, which are netfilter's group of netlink number 9."""
    lines = Path("/proc/net/netlink").read_text().splitlines()[1:]
    return any(line.split()[1] == "12" and int(line.split()[3], 16) & 1 << 8 for line in lines)


def is_idle(process: int) -> bool:
    """Whether a process waits: xtables-monitor ends if it is told more than it can print."""
    stat = Path(f"/proc/{process}/stat")
    before = stat.read_text().split()
    time.sleep(2 * _PATIENCE)
    now = stat.read_text().split()
    return before[2] == now[2] == "S" and before[13:15] == now[13:15]


def send(interfaces: dict[str, int], place: str, packet: bytes) -> None:
    """Have a packet come in through an interface, or have the machine send it."""
    if place != "local":
        os.write(interfaces[place], packet)
        return
    local = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    with local, contextlib.suppress(PermissionError):  # a rule dropped it
        local.sendto(packet, (socket.inet_ntoa(packet[16:20]), 0))


def set_up() -> dict[str, int]:
    """The interfaces of the machine, each with the file that leads to its other end."""
    for name, value in _SYSCTLS.items():
        Path("/proc/sys/net", name).write_text(value)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    interfaces = {}
    for name, addresses in ADDRESSES.items():
        interfaces[name] = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(interfaces[name], _TUNSETIFF, struct.pack("16sH22x", name.encode(), _TUN_WITHOUT_HEADER))
        for address in addresses:
            extra = ["nodad"] if ":" in address else []
            subprocess.run(["ip", "address", "add", address, "dev", name, *extra], check=True)
        subprocess.run(["ip", "link", "set", name, "up"], check=True)
    return interfaces


def listen(family: str) -> list[socket.socket]:
    """Sockets that take in what is sent to some ports of this machine."""
    listeners = []
    for port in LISTENED_TO:
        listener = socket.socket(socket.AF_INET if family == "ipv4" else socket.AF_INET6, socket.SOCK_DGRAM)
        listener.bind(("0.0.0.0" if family == "ipv4" else "::", port))
        listeners.append(listener)
    return listeners


def coming_out(interfaces: dict[str, int], version: int) -> list[tuple[str, str]]:
    """The packets of a version of IP that come out of the interfaces."""
    came = []
    while True:
        ready, _, _ = select.select([*interfaces.values()], [], [], 0 if came else _PATIENCE)
        if not ready:
            return came
        for name, file in interfaces.items():
            if file in ready:
                packet = os.read(file, 65_536)
                if packet[0] >> 4 == version:
                    came.append((name, packet.hex()))


def counters(program: str) -> Counted:
    """How many packets each rule of each chain counted, by table and chain; after them the policy's."""
    saved = subprocess.run([f"{program}-save", "-c"], capture_output=True, encoding="utf-8", check=True).stdout
    found: Counted = {}
    policies: dict[str, dict[str, int]] = {}
    table = ""
    for line in saved.splitlines():
        if line.startswith("*"):
            table = line[1:]
            found[table], policies[table] = {}, {}
        elif match := _POLICY.match(line):
            found[table][match[1]] = []
            policies[table][match[1]] = int(match[2])
        elif match := _LINE.match(line):
            found[table][match[2]].append(int(match[1]))
    for name, chains in found.items():
        for chain, counts in chains.items():
            counts.append(policies[name][chain])
    return found


def difference(before: Counted, now: Counted) -> Counted:
    """How many packets were counted in between."""
    return {
        table: {
            chain: [new - old for old, new in zip(before[table][chain], counts, strict=True)]
            for chain, counts in chains.items()
        }
        for table, chains in now.items()
    }


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("this changes iptables: it may run in a network namespace of its own only")
    main()
