"""SNAT: rewrite where packets come from. iptables-extensions(8), SNAT; the range as observed with 1.4.1 to 1.8.11."""

from ...extension import Option, Target
from ...nft import Unsayable
from ...nft_words import option_words
from ...rule import Use
from ...values.base import IPV4, IPV6, Family
from ..shared.nat_options import PERSISTENT, RANDOM_SOURCE, RANDOM_SOURCE_FULLY
from ..shared.nat_ranges import DestinationToTake, OlderDestination, protocol_stands_before_ports


def rewritten(use: Use) -> str:
    """The new address and port, with what else is asked for; nft changes ports of one protocol only."""
    if not use.rule.plain_protocol and use.facts("to-source"):
        raise Unsayable("nft changes ports only of one protocol", "a rule for each protocol: `-p tcp`, `-p udp`")
    flags = option_words(use, "random", "random-fully", "persistent", link=",")
    return f"snat to {option_words(use, 'to-source')}" + (f" {flags}" if flags else "")


def _target(family: Family, twice_in: str, forgets_in: str) -> Target:
    return Target(
        "SNAT",
        Option(
            "to-source",
            DestinationToTake(),
            before={"1.3.7": OlderDestination(short=False), "1.8.9": OlderDestination()},
            required=True,
            check=protocol_stands_before_ports,
            sentence="make the packets come from {value}",
            negation_ignored_in="..1.4.10",
            twice_in=twice_in,
            forgets="persistent",
            forgets_in=forgets_in,
            nft="{value}",
        ),
        RANDOM_SOURCE,
        RANDOM_SOURCE_FULLY,
        PERSISTENT,
        family=family,
        tables="nat",
        hooks="INPUT POSTROUTING",
        terminates=True,
        common=True,
        named_by_value=True,
        checks_ranges=True,
        sentence="rewrite the source address of the connection",
        nft=rewritten,
    )


snat_ipv4 = _target(IPV4, twice_in="", forgets_in="..1.8.7")
snat_ipv6 = _target(IPV6, twice_in="..1.6.1", forgets_in="")
