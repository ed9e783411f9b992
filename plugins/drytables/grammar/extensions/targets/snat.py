"""SNAT: rewrite where packets come from. iptables-extensions(8), SNAT; the range as observed with iptables 1.8.9."""

from ...extension import Option, Target
from ..shared.nat_ranges import DestinationToTake, protocol_stands_before_ports

snat = Target(
    "SNAT",
    Option(
        "to-source",
        DestinationToTake(),
        required=True,
        check=protocol_stands_before_ports,
        sentence="make the packets come from {value}",
    ),
    Option("random", sentence="choose the source port at random"),
    Option("random-fully", sentence="choose the source port at random, with no pattern to guess"),
    Option("persistent", sentence="give a client the same address for each of its connections"),
    tables="nat",
    hooks="INPUT POSTROUTING",
    terminates=True,
    common=True,
    named_by_value=True,
    checks_ranges=True,
    sentence="rewrite the source address of the connection",
)
