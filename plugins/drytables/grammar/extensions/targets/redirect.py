"""REDIRECT: send packets to this machine itself. iptables-extensions(8), REDIRECT; the ports as observed with 1.8.9."""

from ...extension import Option, Target
from ...nat_ranges import PortsToTake, protocol_stands_before_ports

redirect = Target(
    "REDIRECT",
    Option(
        "to-ports",
        PortsToTake(shift_says="Shifted portmap ranges not supported with this kernel"),
        check=protocol_stands_before_ports,
        sentence="to port {value}",
    ),
    Option("random", sentence="choose the port at random"),
    strict_since="1.4.11",
    tables="nat",
    hooks="PREROUTING OUTPUT",
    sentence="send the packets to this machine itself",
)
