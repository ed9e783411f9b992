"""The hosts of an experiment, and what is to be done so that they reach one another. Facts; nothing is run here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network, ip_interface

from .experiment import Experiment, Family, Host, Interface

_Address = IPv4Interface | IPv6Interface


def _interface(name: str, *addresses: str) -> Interface:
    return Interface(name, tuple(map(ip_interface, addresses)))


#: Where an experiment names no hosts: a client, the machine that has the rules and forwards, and a server. Its eth0
#: looks to the server, as to the internet, and its eth1 to the client.
USUAL_HOSTS = (
    Host("client", (_interface("eth0", "192.0.2.10/24", "2001:db8:1::10/64"),)),
    Host(
        "machine",
        (
            _interface("eth0", "203.0.113.1/24", "2001:db8:2::1/64"),
            _interface("eth1", "192.0.2.1/24", "2001:db8:1::1/64"),
        ),
    ),
    Host("server", (_interface("eth0", "203.0.113.80/24", "2001:db8:2::80/64"),)),
)


def wires_by_network(hosts: Sequence[Host]) -> tuple[tuple[str, ...], ...]:
    """The wires that addresses tell: interfaces that have a network in common are on one, if several hosts are."""
    wires: list[tuple[set[IPv4Network | IPv6Network], list[tuple[str, str]]]] = []
    for host in hosts:
        for interface in host.interfaces:
            networks: set[IPv4Network | IPv6Network] = {address.network for address in interface.addresses}
            same = [wire for wire in wires if wire[0] & networks]
            ends = [end for wire in same for end in wire[1]]
            wires = [wire for wire in wires if wire not in same]
            wires.append((networks.union(*(wire[0] for wire in same)), [*ends, (host.name, interface.name)]))
    return tuple(
        tuple(f"{host}.{interface}" for host, interface in ends)
        for _, ends in wires
        if len({host for host, _ in ends}) > 1
    )


def address_of(host: Host, family: Family, towards: Host | None = None) -> str:
    """An address of a host: the first of the family, or rather one in a network that `towards` is in too. Raises
    LookupError if it has none.
    """
    version = 4 if family == "ipv4" else 6
    own = [address for address in _addresses(host) if address.version == version]
    near = {address.network for address in _addresses(towards)} if towards is not None else set()
    shared = [address for address in own if address.network in near]
    if not own:
        raise LookupError(f"{host.name} has no address of {family}")
    return str((shared or own)[0].ip)


def is_router(host: Host, experiment: Experiment) -> bool:
    """Whether a host forwards: it has more than one interface on a wire."""
    return sum(end.startswith(f"{host.name}.") for wire in experiment.wires for end in wire) > 1


def gateways(host: Host, experiment: Experiment) -> Iterator[str]:
    """The address, one a family, through which a host that is no router reaches the other networks, if there is one."""
    if is_router(host, experiment):
        return
    routers = [each for each in experiment.hosts if is_router(each, experiment)]
    for version in (4, 6):
        near = {address.network for address in _addresses(host) if address.version == version}
        through = (str(address.ip) for each in routers for address in _addresses(each) if address.network in near)
        gateway = next(through, None)
        if gateway is not None:
            yield gateway


def _addresses(host: Host) -> Iterator[_Address]:
    for interface in host.interfaces:
        yield from interface.addresses
