"""NETMAP: map a whole network of addresses onto another. iptables-extensions(8), NETMAP.

Observed with iptables-legacy 1.8.9: the bits that the mask hides are dropped, and a mask with gaps is printed as if it
were a whole address.
"""

from ...addresses import Name, Network, prefix_length
from ...extension import Option, Target
from ...resolved_addresses import ResolvedNetwork
from ...values import Family


class MappedNetwork(ResolvedNetwork):
    """A network, written without the bits of hosts."""

    def write(self, value: Network, family: Family) -> str:
        address, mask = value
        if isinstance(address, Name) or prefix_length(mask, family) is None:
            return super().write(value, family)
        return super().write(Network(address & mask, mask), family)


netmap = Target(
    "NETMAP",
    Option("to", MappedNetwork(), required=True, sentence="onto the network {value}"),
    tables="nat",
    hooks="PREROUTING INPUT OUTPUT POSTROUTING",
    sentence="map the addresses of a network, one to one, onto another network",
)
