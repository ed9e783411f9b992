"""MASQUERADE: rewrite the source to the outgoing interface's address. iptables-extensions(8), MASQUERADE.

That a base after a range of ports is read, and then kept as 0, was observed with iptables-legacy 1.8.9.
"""

from ...extension import Option, Target
from ..shared.nat_options import RANDOM_SOURCE, RANDOM_SOURCE_FULLY
from ..shared.nat_ranges import LeadingPorts, PortsToTake, protocol_stands_before_ports

_BAD = '{extension}: Bad value for "--{option}" option'

masquerade = Target(
    "MASQUERADE",
    Option(
        "to-ports",
        PortsToTake(),
        before={"1.4.8": LeadingPorts(), "1.8.9": PortsToTake(shift_says=_BAD, services=False)},
        twice_in="..1.4.10",
        check=protocol_stands_before_ports,
        sentence="use {value} as the source port",
        negation_ignored_in="..1.4.10",
        nft="{value}",
    ),
    RANDOM_SOURCE,
    RANDOM_SOURCE_FULLY,
    table_since="1.4.11",
    tables="nat",
    hooks="POSTROUTING",
    terminates=True,
    common=True,
    checks_ranges=True,
    sentence="rewrite the source address to that of the interface by which the packet leaves",
    nft="masquerade[ to :{to-ports}][ {random,random-fully}]",
)
