"""Addresses that the C library's resolver reads for iptables: those of TEE, TPROXY, NETMAP, conntrack, policy and more.

The resolver accepts more than -s and -d do, and reads the same text differently: `10` is 0.0.0.10 to it, `10.1` is
10.0.0.1 and `010.1.1.1` is 8.1.1.1. It was observed with iptables-legacy 1.8.9, and the effect of a mask with gaps with
1.8.11; before 1.8.10 most extensions treated such a mask as that of a whole address.
"""

from __future__ import annotations

import re

from ...diagnostics.codes.command import WRONG_FAMILY
from ...reading.need import Need
from ...reading.pattern import pattern
from .addresses import (
    BITS,
    Host,
    Name,
    Network,
    ipv6,
    nft_network,
    prefix_length,
    resolved_ipv4,
    resolved_ipv6,
    say_in_network,
    write_address,
    write_mask,
)
from .base import IPV4, Family, InvalidValue, Value, number
from .wording import Context

_NAME = pattern(r"(?=.*[A-Za-z])[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?", re.ASCII)
_NOT_FOUND = "getaddrinfo: Name or service not known"
_OTHER_FAMILY = "getaddrinfo: Address family for hostname not supported"


def resolve(text: str, family: Family) -> int | Name:
    """One address, or a name that only the reader's machine can look up; raises InvalidValue."""
    address = resolved_ipv4(text) if family == IPV4 else resolved_ipv6(text)
    if address is not None:
        return address
    if text.lower() == "localhost":
        return 0x7F00_0001 if family == IPV4 else 1
    if (resolved_ipv6(text) if family == IPV4 else resolved_ipv4(text)) is not None:
        kind, program = ("an IPv6", "ip6tables") if family == IPV4 else ("an IPv4", "iptables")
        raise InvalidValue(
            f"{kind} address",
            says=_OTHER_FAMILY,
            code=WRONG_FAMILY,
            help=f"{kind} address belongs in an `{program}` command",
        )
    if _NAME.fullmatch(text):
        return Name(text)
    raise InvalidValue("not an address" if family == IPV4 else "not an IPv6 address", says=_NOT_FOUND)


def read_resolved_mask(text: str, family: Family) -> int:
    """A mask: its length, or an address as the resolver reads one, with or without gaps; raises InvalidValue."""
    bits = BITS[family]
    length = number(text)
    if length is not None and length <= bits:
        return (1 << bits) - (1 << bits - length)
    mask = resolved_ipv4(text) if family == IPV4 else ipv6(text)
    if mask is None:
        raise InvalidValue(
            f"not a mask: expected 0 to {bits}, or an address",
            says='{extension}: bad value for option "--{option}", neither a valid network mask nor valid CIDR'
            f" (0-{bits}).",
        )
    return mask


class ResolvedHost(Host):
    """One address, or a name that the reader's machine resolves, as the C library reads it."""

    def read(self, text: str, family: Family) -> int | Name:
        return resolve(text, family)


class ResolvedNetwork(Value):
    """`ADDRESS[/MASK]`; the address keeps the bits that the mask hides."""

    synopsis = "ADDRESS[/MASK]"

    def read(self, text: str, family: Family) -> Network:
        host, slash, mask_text = text.partition("/")
        try:
            address = resolve(host, family)
        except InvalidValue as bad:
            bad.at = (0, len(host)) if host else None
            raise
        try:
            return Network(address, read_resolved_mask(mask_text, family) if slash else (1 << BITS[family]) - 1)
        except InvalidValue as bad:
            bad.at = (len(host) + 1, len(text)) if mask_text else None
            raise

    def write(self, value: Network, family: Family) -> str:
        return f"{write_address(value.address, family)}/{write_mask(value.mask, family)}"

    def nft_condition(self, value: Network, family: Family, negated: bool) -> str:
        if not value.mask and not negated:
            # It still asks that there is an address: of a connection, say.
            return f"{write_address(0, family)}/0"
        address = value.address if isinstance(value.address, Name) else value.address & value.mask
        return nft_network(Network(address, value.mask), family, negated)

    def say(self, value: Network, context: Context) -> str:
        return say_in_network(value, context.family)

    def needs(self, value: Network) -> list[Need]:
        return [Need("host", str(value.address))] if isinstance(value.address, Name) else []


class ResolvedHostMask(ResolvedNetwork):
    """`ADDRESS[/MASK]`, where `-S` leaves out the mask of a whole address."""

    def write(self, value: Network, family: Family) -> str:
        whole = prefix_length(value.mask, family) == BITS[family]
        return write_address(value.address, family) if whole else super().write(value, family)


resolved_host = ResolvedHost()
resolved_network = ResolvedNetwork()
resolved_host_mask = ResolvedHostMask()
