"""DNAT: rewrite where packets go to. iptables-extensions(8), DNAT; the range as observed with 1.4.1 to 1.8.11."""

from ...extension import CheckFailure, Option, Target
from ...nft import Unsayable
from ...nft_words import option_words
from ...rule import Setting, Use
from ...values.base import IPV4, IPV6, Family
from ..shared.nat_options import PERSISTENT, RANDOM
from ..shared.nat_ranges import (
    DestinationToTake,
    OlderDestination,
    protocol_stands_before_ports,
    random_comes_after,
)


def the_destination_can_be_read(use: Use, setting: Setting) -> CheckFailure | None:
    """What must come before the destination, and what must not."""
    return (random_comes_after(use, setting) if use.rule.family == IPV4 else None) or protocol_stands_before_ports(
        use, setting
    )


def rewritten(use: Use) -> str:
    """The new address and port, with what else is asked for; nft changes ports of one protocol only."""
    if not use.rule.plain_protocol and use.facts("to-destination"):
        raise Unsayable("nft changes ports only of one protocol", "a rule for each protocol: `-p tcp`, `-p udp`")
    flags = option_words(use, "random", "persistent", link=",")
    return f"dnat to {option_words(use, 'to-destination')}" + (f" {flags}" if flags else "")


def _target(family: Family, twice_in: str, forgets_in: str) -> Target:
    return Target(
        "DNAT",
        Option(
            "to-destination",
            DestinationToTake(shifted=True),
            before={
                "1.3.7": OlderDestination(short=False),
                "1.8.0": OlderDestination(),
                "1.8.8": OlderDestination(shifted=True),
            },
            required=True,
            check=the_destination_can_be_read,
            sentence="send the packets to {value}",
            negation_ignored_in="..1.4.10",
            twice_in=twice_in,
            forgets="persistent",
            forgets_in=forgets_in,
            nft="{value}",
        ),
        RANDOM,
        PERSISTENT,
        family=family,
        tables="nat",
        hooks="PREROUTING OUTPUT",
        terminates=True,
        common=True,
        named_by_value=True,
        checks_ranges=True,
        sentence="rewrite the destination of the connection",
        nft=rewritten,
    )


dnat_ipv4 = _target(IPV4, twice_in="", forgets_in="..1.6.2")
dnat_ipv6 = _target(IPV6, twice_in="..1.6.1", forgets_in="")
