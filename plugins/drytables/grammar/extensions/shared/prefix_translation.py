"""What SNPT and DNPT share: translating one IPv6 prefix into another (RFC 6296).

From iptables-extensions(8), SNPT and DNPT, and observed with ip6tables-legacy 1.8.9 on Linux 6.18.
"""

from __future__ import annotations

from collections.abc import Sequence

from ....diagnostics.codes.command import BAD_VALUE
from ...extension import CheckFailure, Option
from ...rule import Use
from ...saving import option_words
from ...values.addresses import Name, Network, prefix_length, say_network
from ...values.resolved_addresses import ResolvedNetwork
from ...values.wording import Context

_LONGEST = 64


class Prefix(ResolvedNetwork):
    """A network as a prefix that is written over addresses."""

    def say(self, value: Network, context: Context) -> str:
        return say_network(value, context.family)


prefix = Prefix()

PREFIXES = (
    Option("src-pfx", prefix, required=True, sentence="translate from the prefix {value}"),
    Option("dst-pfx", prefix, required=True, sentence="translate to the prefix {value}"),
)


def prefixes_are_prefixes(use: Use) -> CheckFailure | None:
    """The kernel accepts at most 64 bits, and no bits after them."""
    for option in PREFIXES:
        network: Network | None = use.value(option.name)
        if network is None or isinstance(network.address, Name):
            continue
        length, masked = prefix_length(network.mask, use.rule.family), network.address & network.mask
        repaired = ""
        if length is None or length > _LONGEST:
            why, help = f"longer than {_LONGEST} bits", f"write its length after a slash, at most {_LONGEST}"
        elif network.address != masked:
            repaired = prefix.write(Network(masked, network.mask), use.rule.family)
            why, help = f"not a prefix of {length} bits", f"write `{repaired}`"
        else:
            continue
        message = f"`{prefix.write(network, use.rule.family)}` is {why}"
        return CheckFailure(
            BAD_VALUE, message, option=option.name, label=why, by_kernel=True, help=help, replace=repaired
        )
    return None


def saved(use: Use) -> Sequence[str]:
    """Both prefixes, except one whose bits are all zero."""
    given = [option.name for option in PREFIXES if use.value(option.name).address != 0]
    return option_words(use, *given)
