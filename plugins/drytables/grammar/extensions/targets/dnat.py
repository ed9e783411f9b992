"""DNAT: rewrite where packets go to. iptables-extensions(8), DNAT; the range as observed with iptables 1.8.9."""

from ...extension import Option, Target
from ..shared.nat_ranges import DestinationToTake, protocol_stands_before_ports

dnat = Target(
    "DNAT",
    Option(
        "to-destination",
        DestinationToTake(shifted=True),
        before={
            "1.8.0": DestinationToTake(shifted=None, services=False),
            "1.8.8": DestinationToTake(shifted=True, services=False),
        },
        required=True,
        check=protocol_stands_before_ports,
        sentence="send the packets to {value}",
    ),
    Option("random", sentence="choose the port at random"),
    Option("persistent", sentence="give a client the same address for each of its connections"),
    tables="nat",
    hooks="PREROUTING OUTPUT",
    terminates=True,
    common=True,
    named_by_value=True,
    checks_ranges=True,
    sentence="rewrite the destination of the connection",
)
