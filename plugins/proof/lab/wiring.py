"""Interfaces, addresses and routes: what makes processes in network namespaces a network of hosts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from .host import Host, HostFailed
from .plan import Plan, PlannedHost

#: Settings of a host's kernel: it must send nothing of its own accord that would meet the rules, and retransmit
#: nothing.
_QUIET = {
    "ipv4/conf/all/rp_filter": "0",
    "ipv4/conf/default/rp_filter": "0",
    "ipv6/conf/all/disable_ipv6": "0",
    "ipv6/conf/default/disable_ipv6": "0",
    "ipv6/conf/default/accept_ra": "0",
    "ipv6/conf/default/accept_dad": "0",
    "ipv6/conf/default/router_solicitations": "0",
    "ipv4/tcp_synack_retries": "0",
    "ipv4/ping_group_range": "0 0",
}
_FORWARDS = {"ipv4/ip_forward": "1", "ipv6/conf/all/forwarding": "1", "ipv6/conf/default/forwarding": "1"}


_HAS_IPV6 = Path("/proc/net/if_inet6").exists()
#: How often, and after how many seconds, it is asked whether interfaces are there.
_ATTEMPTS, _INTERVAL = 500, 0.02


#: The numbers of interfaces: the kernel counts its own from 1.
_FIRST_NUMBER, _NUMBERS_OF_A_WIRE = 100, 1000


def connect(plan: Plan, hosts: Mapping[str, Host], middle: Host) -> None:
    """Make the network of a plan: `middle` is a host that nobody sees, which holds the wires of more than two ends.

    Raises HostFailed.
    """
    for name, host in hosts.items():
        for file, value in {**_QUIET, **(_FORWARDS if plan["hosts"][name]["forwards"] else {})}.items():
            if Path("/proc/sys/net", file).exists():  # a kernel may do without IPv6
                host.ask("set", file=file, value=value)
    _ip(middle, [line for number, wire in enumerate(_all_wires(plan)) for line in _wire(number, wire, hosts)])
    for name, host in hosts.items():
        _ip(host, [*_addresses(plan["hosts"][name])])
    for host in (middle, *hosts.values()):
        _wait_for_interfaces(host)
    for name, host in hosts.items():
        _ip(host, [*_routes(plan["hosts"][name])])


def _wait_for_interfaces(host: Host) -> None:
    """Wait until the kernel passes packets on: for up to a second after both ends of a wire are up it drops them."""
    for _ in range(_ATTEMPTS):
        _, output, _ = host.run(["ip", "-json", "link"])
        interfaces = [each for each in json.loads(output) if each["ifname"] != "lo"]
        if all(each["operstate"] == "UP" and each["qdisc"] != "noop" for each in interfaces if "link_type" in each):
            return
        time.sleep(_INTERVAL)
    raise HostFailed(f"the interfaces of {host.name} do not come up")


def _all_wires(plan: Plan) -> Iterator[list[str]]:
    """The wires of a plan, and one for each interface that is on none, so that it is there and up."""
    yield from plan["wires"]
    wired = {end for wire in plan["wires"] for end in wire}
    for name, host in plan["hosts"].items():
        yield from ([end] for end in (f"{name}.{interface}" for interface in host["interfaces"]) if end not in wired)


def _wire(number: int, wire: list[str], hosts: Mapping[str, Host]) -> Iterator[str]:
    """The commands of ip that lay one wire: a cable between two ends, or a switch with a cable to each."""
    ends = [(interface, hosts[name].pid) for name, _, interface in (end.partition(".") for end in wire)]
    # The kernel puts off for a second what it has to say of an interface whose other end has the same number.
    first = _FIRST_NUMBER + number * _NUMBERS_OF_A_WIRE
    if len(ends) == 2:
        (one, one_pid), (other, other_pid) = ends
        yield (
            f"link add name {one} index {first} netns {one_pid} "
            f"type veth peer name {other} index {first + 1} netns {other_pid}"
        )
        return
    yield f"link add name switch{number} type bridge mcast_snooping 0"
    yield f"link set switch{number} up"
    for at, (interface, pid) in enumerate(ends):
        index = first + 2 * at
        yield (
            f"link add name w{number}p{at} index {index} type veth peer name {interface} index {index + 1} netns {pid}"
        )
        yield f"link set w{number}p{at} master switch{number} up"


def _addresses(host: PlannedHost) -> Iterator[str]:
    yield "link set lo up"
    for interface, addresses in host["interfaces"].items():
        yield f"link set {interface} up"
        for address in addresses:
            if ":" in address and not _HAS_IPV6:
                continue
            # Without duplicate address detection, a new address of IPv6 can be used at once.
            yield f"address add {address} dev {interface}{' nodad' if ':' in address else ''}"


def _routes(host: PlannedHost) -> Iterator[str]:
    for gateway in host["gateways"]:
        if ":" not in gateway or _HAS_IPV6:
            yield f"route add {'::/0' if ':' in gateway else '0.0.0.0/0'} via {gateway}"


def _ip(host: Host, lines: list[str]) -> None:
    if not lines:
        return
    status, _, said = host.run(["ip", "-batch", "-"], text="".join(f"{line}\n" for line in lines))
    if status:
        raise HostFailed(f"the network of the experiment cannot be made: {said.strip()}")
