"""NETMAP: map a whole network of addresses onto another. iptables-extensions(8), NETMAP.

Observed with iptables-legacy 1.8.11: the bits that the mask hides are dropped.
"""

from ...extension import Option, Target
from ...values.addresses import Name, Network
from ...values.base import Family
from ...values.older_addresses import counted_network, numeric_network
from ...values.resolved_addresses import ResolvedNetwork


class MappedNetwork(ResolvedNetwork):
    """A network, written without its host bits."""

    def write(self, value: Network, family: Family) -> str:
        address, mask = value
        return super().write(value if isinstance(address, Name) else Network(address & mask, mask), family)


netmap = Target(
    "NETMAP",
    Option(
        "to",
        MappedNetwork(),
        before={"1.4.11": numeric_network, "1.4.19.1": counted_network},
        required=True,
        sentence="onto the network {value}",
        negation_ignored_in="..1.4.10",
    ),
    tables="nat",
    hooks="PREROUTING INPUT OUTPUT POSTROUTING",
    terminates=True,
    common=True,
    sentence="map the addresses of a network, one to one, onto another network",
)
