"""REDIRECT: send packets to this machine itself. iptables-extensions(8), REDIRECT; the ports as observed with 1.8.9."""

from ...extension import Option, Target
from ..shared.nat_options import RANDOM
from ..shared.nat_ranges import PortsToTake, RedirectedPorts, protocol_stands_before_ports

_NO_SHIFT = "Shifted portmap ranges not supported with this kernel"
_BEFORE = {
    "1.4.1": RedirectedPorts(services=False),
    "1.4.8": RedirectedPorts(),
    "1.4.11": PortsToTake(shift_says=_NO_SHIFT, services=False, services_end=True),
    "1.8.8": PortsToTake(shift_says=_NO_SHIFT, services_end=True),
}

redirect = Target(
    "REDIRECT",
    Option(
        "to-ports",
        PortsToTake(shift_says=_NO_SHIFT),
        before=_BEFORE,
        twice_in="..1.4.10",
        check=protocol_stands_before_ports,
        sentence="send them to {value}",
        negation_ignored_in="..1.4.10",
        nft="{value}",
    ),
    RANDOM,
    table_since="1.4.11",
    tables="nat",
    hooks="PREROUTING OUTPUT",
    terminates=True,
    common=True,
    checks_ranges=True,
    sentence="send the packets to this machine itself",
    nft="redirect[ to :{to-ports}][ {random}]",
)
