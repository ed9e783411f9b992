"""REDIRECT: send packets to this machine itself. iptables-extensions(8), REDIRECT; the ports as observed with 1.8.9."""

from ...extension import Option, Target
from ..shared.nat_ranges import PortsToTake, protocol_stands_before_ports

_NO_SHIFT = "Shifted portmap ranges not supported with this kernel"
_NUMBERS = PortsToTake(shift_says=_NO_SHIFT, services=False)

redirect = Target(
    "REDIRECT",
    Option(
        "to-ports",
        PortsToTake(shift_says=_NO_SHIFT),
        before={"1.4.1": _NUMBERS, "1.4.8": PortsToTake(shift_says=_NO_SHIFT), "1.4.11": _NUMBERS},
        once_since="1.4.11",
        check=protocol_stands_before_ports,
        sentence="to port {value}",
    ),
    Option("random", sentence="choose the port at random"),
    table_since="1.4.11",
    tables="nat",
    hooks="PREROUTING OUTPUT",
    terminates=True,
    common=True,
    checks_ranges=True,
    sentence="send the packets to this machine itself",
)
