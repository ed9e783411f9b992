"""NETMAP: map a whole network of addresses onto another. iptables-extensions(8), NETMAP.

Observed with iptables-legacy 1.8.11: the bits that the mask hides are dropped.
"""

from ...builtin import CHAINS
from ...extension import Option, Target
from ...nft import Unsayable, network_word
from ...rule import Use
from ...values.addresses import BITS, Name, Network, prefix_length, say_network, write_address
from ...values.base import Family
from ...values.older_addresses import counted_network, numeric_network
from ...values.resolved_addresses import ResolvedNetwork
from ...values.wording import Context


class MappedNetwork(ResolvedNetwork):
    """A network, written without its host bits."""

    def write(self, value: Network, family: Family) -> str:
        address, mask = value
        return super().write(value if isinstance(address, Name) else Network(address & mask, mask), family)

    def say(self, value: Network, context: Context) -> str:
        address, mask = value
        return say_network(value if isinstance(address, Name) else Network(address & mask, mask), context.family)


def by_the_bits(use: Use) -> str:
    """The host's bits of the address with those of the network before them."""
    network = use.value("to")
    if isinstance(network.address, Name):
        raise Unsayable("the address of the network is not known here", "its address instead of its name")
    rule, family = use.rule, use.rule.family
    changes_source = rule.chain is not None and rule.chain.text in ("INPUT", "POSTROUTING")
    if rule.chain is None or rule.chain.text not in CHAINS:
        raise Unsayable("which address it changes depends on the chain that leads here", "a rule in the built-in chain")
    field = f"{network_word(family)} {'saddr' if changes_source else 'daddr'}"
    host = write_address(network.mask ^ (1 << BITS[family]) - 1, family)
    bits = write_address(network.address & network.mask, family)
    target = f"{field} and {host} or {bits}" if prefix_length(network.mask, family) != BITS[family] else bits
    return f"{'snat' if changes_source else 'dnat'} to {target}"


netmap = Target(
    "NETMAP",
    Option(
        "to",
        MappedNetwork(),
        before={"1.4.11": numeric_network, "1.4.19.1": counted_network},
        required=True,
        sentence="map them onto the network {value}",
        negation_ignored_in="..1.4.10",
    ),
    tables="nat",
    hooks="PREROUTING INPUT OUTPUT POSTROUTING",
    terminates=True,
    common=True,
    sentence="map the addresses of a network, one to one, onto another network",
    nft=by_the_bits,
)
