"""Addresses as iptables read them before it left them to the C library's resolver: as -s and -d read them to this day.

A missing byte is a zero at the end (`10.1` is 10.1.0.0). Observed with the releases from 1.4.1 to 1.4.18.
"""

from __future__ import annotations

from .addresses import BITS, Name, Network, ipv4, ipv6, read_host, read_mask
from .base import IPV4, Family, InvalidValue, number
from .resolved_addresses import ResolvedHost, ResolvedHostMask, ResolvedNetwork

_WHOLE = {family: (1 << bits) - 1 for family, bits in BITS.items()}


class NumericHost(ResolvedHost):
    """One address, in figures."""

    def read(self, text: str, family: Family) -> int:
        address = ipv4(text) if family == IPV4 else ipv6(text)
        if address is None:
            raise InvalidValue("not an address in figures")
        return address


class NumericNetwork(ResolvedNetwork):
    """`ADDRESS[/MASK]`, in figures, and no bits of the address after the mask."""

    def read(self, text: str, family: Family) -> Network:
        host, slash, mask = text.partition("/")
        address = NumericHost().read(host, family)
        bits = read_mask(mask, family) if slash else _WHOLE[family]
        if address & ~bits:
            raise InvalidValue("the address has bits that the mask hides", says=f'Bad network address "{text}"')
        return Network(address, bits)


class NamedNetwork(ResolvedHostMask):
    """`HOST[/MASK]`; with a mask of 0 the host is not even looked at."""

    def read(self, text: str, family: Family) -> Network:
        host, slash, mask_text = text.rpartition("/")
        if not slash:
            host, mask_text = text, ""
        mask = read_mask(mask_text, family) if slash else _WHOLE[family]
        try:
            address: int | Name = read_host(host, family)
        except InvalidValue:
            if mask:
                raise
            address = 0
        return Network(address, mask)


class CountedHostMask(ResolvedHostMask):
    """`ADDRESS[/LENGTH]`: the mask only by its length."""

    def read(self, text: str, family: Family) -> Network:
        return _counted(text, super().read(text, family), family)


class CountedNetwork(ResolvedNetwork):
    """The same, where `-S` prints every mask."""

    def read(self, text: str, family: Family) -> Network:
        return _counted(text, super().read(text, family), family)


def _counted(text: str, network: Network, family: Family) -> Network:
    """A network whose mask is written as a length, or not at all; raises InvalidValue for any other."""
    mask = text.partition("/")[2]
    if mask and not 0 <= (-1 if (length := number(mask)) is None else length) <= BITS[family]:
        raise InvalidValue(
            "a mask must be written as its length in this release",
            says='{extension}: bad value for option "--{option}", or out of range',
        )
    return network


numeric_host = NumericHost()
numeric_network = NumericNetwork()
named_network = NamedNetwork()
counted_host_mask = CountedHostMask()
counted_network = CountedNetwork()
