"""What is known of the machine that has the rules, apart from the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..grammar.values.addresses import Network
from ..grammar.values.base import Family


class Route(NamedTuple):
    """Through which interface packets leave for the addresses of a network."""

    family: Family
    network: Network
    interface: str


@dataclass(frozen=True, slots=True)
class Host:
    """A machine: the addresses of each interface, by family and interface, the first of each the primary one, and its
    routes, in any order.

    Nothing is known of interfaces that are not named; a machine without any may have all addresses.
    """

    addresses: Mapping[tuple[Family, str], tuple[int, ...]] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()

    def primary(self, family: Family, interface: str | None) -> int | None:
        """The address that MASQUERADE and REDIRECT take; None if it is not known."""
        known = self.addresses.get((family, interface or ""), ())
        return known[0] if known else None

    def has(self, family: Family, address: int) -> bool | None:
        """Whether an address is its own; None if nothing is known of its addresses."""
        every = [known for (of, _), known in self.addresses.items() if of == family]
        return any(address in known for known in every) if every else None

    def interface_to(self, family: Family, address: int | None) -> str | None:
        """The interface through which packets leave for an address, by the closest route; None if none is known."""
        if address is None:
            return None
        fitting = [
            route
            for route in self.routes
            if route.family == family and address & route.network.mask == route.network.address
        ]
        return max(fitting, key=lambda route: route.network.mask).interface if fitting else None
