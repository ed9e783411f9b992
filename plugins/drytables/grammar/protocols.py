"""A protocol as an option's value: by name or by number, saved as its number (observed with iptables-legacy 1.8.9)."""

from __future__ import annotations

from .registries import PROTOCOLS
from .values import Bad, Family, Value, number


class Protocol(Value):
    """A protocol from `min` on; 0 stands for all of them, and an option may not take that."""

    synopsis = "PROTOCOL"

    def __init__(self, min: int = 0) -> None:
        self.min = min

    def read(self, text: str, family: Family) -> int:
        value = number(text)
        if value is None or value > 255:
            value = PROTOCOLS.get(text.lower())
        if value is None:
            raise Bad("not a protocol", says=f'unknown protocol "{text}" specified', choices=tuple(PROTOCOLS))
        if value < self.min:
            raise Bad("no connection has protocol 0")
        return value


protocol = Protocol()
