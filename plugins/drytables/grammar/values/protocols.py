"""A protocol as an option's value: by name or by number, saved as its number (observed with iptables-legacy 1.8.9)."""

from __future__ import annotations

from ..registries import PROTOCOL_NAMES, PROTOCOLS
from .base import Family, InvalidValue, Value, number
from .wording import Context

#: Names in the registry whose second name is not just the first in capitals, with that second name.
_SECOND_NAMES = {
    "ipencap": "IP-ENCAP", "ipv6": "IPv6", "ipv6-route": "IPv6-Route", "ipv6-frag": "IPv6-Frag", "esp": "IPSEC-ESP",
    "ah": "IPSEC-AH", "ipv6-icmp": "IPv6-ICMP", "ipv6-nonxt": "IPv6-NoNxt", "ipv6-opts": "IPv6-Opts", "ospf": "OSPFIGP",
    "mobility-header": "Mobility-Header", "udplite": "UDPLite", "mpls-in-ip": "MPLS-in-IP", "shim6": "Shim6",
    "ethernet": "Ethernet", "manet": "", "icmpv6": "", "ipv6-mh": "", "mh": "", "all": "",
}  # fmt: skip
#: Names that are iptables' own, and not in the machine's registry.
OWN_NAMES = ("icmpv6", "ipv6-mh", "mh", "all")

#: The number of a protocol by either of its names, in their exact spelling.
BY_EITHER_NAME = {**PROTOCOLS, **{_SECOND_NAMES.get(name, name.upper()): value for name, value in PROTOCOLS.items()}}


#: How engineers write the names that they do not just write in capitals.
_IN_SPEECH = {
    "ipv6-icmp": "ICMPv6", "udplite": "UDP-Lite", "ipencap": "IP-in-IP", "ipip": "IP-in-IP", "ipcomp": "IPComp",
    "mobility-header": "Mobile IPv6", "ipv6": "IPv6-in-IP", "etherip": "EtherIP",
}  # fmt: skip


def say_protocol(value: int, context: Context) -> str:
    """A protocol's name as engineers write it; what was typed as a number keeps that."""
    name = PROTOCOL_NAMES.get(value, "")
    if not name:
        return f"protocol {value}"
    said = _IN_SPEECH.get(name) or (name if "-" in name else name.upper())
    return f"{said} (protocol {value})" if context.typed[:1].isdecimal() else said


class Protocol(Value):
    """A protocol from `min` on; 0 means all of them, which not every option accepts.

    Names are looked up as typed, whereas `-p` accepts them in any case.
    """

    synopsis = "PROTOCOL"

    def __init__(self, min: int = 0) -> None:
        self.min = min

    def read(self, text: str, family: Family) -> int:
        value = number(text)
        if value is None or value > 255:
            value = BY_EITHER_NAME.get(text) if text else None
        if value is None:
            says = f'unknown protocol "{text}" specified'
            help = f"write it in lower case: `{text.lower()}`" if text.lower() in PROTOCOLS else ""
            raise InvalidValue("not a protocol", says=says, choices=tuple(PROTOCOLS) if not help else (), help=help)
        if value < self.min:
            raise InvalidValue("no connection has protocol 0")
        return value

    def say(self, value: int, context: Context) -> str:
        if not value:
            return "any"
        said = say_protocol(value, context)
        return f"number {value}" if said.startswith("protocol ") else said


protocol = Protocol()
