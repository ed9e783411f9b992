"""Lengths of IPv6 headers: iptables counts bytes, and nft, as the header itself does, units of 4 or 8 beyond the least.

Found in what the kernel compares: a header of N units has the length field N less `less`.
"""

from __future__ import annotations

from ..nft import NEVER
from .base import Family, Unsigned


class HeaderLength(Unsigned):
    """A length in bytes, of a header whose own `field` in nft counts in a `unit` of bytes, `less` than there are."""

    def __init__(self, field: str, unit: int, less: int) -> None:
        super().__init__(0, 0xFFFF_FFFF)
        self.field, self.unit, self.less = field, unit, less

    def nft_condition(self, value: int, family: Family, negated: bool) -> str:
        """All of the words, as a length that no header can have is in none of its fields."""
        units, rest = divmod(value, self.unit)
        if rest or not 0 <= units - self.less <= 255:
            return (
                f"exthdr {self.field.partition(' ')[0]} exists"
                if negated and self.unit == 8
                else ("meta l4proto ah" if negated else NEVER)
            )
        return f"{self.field} {'!= ' if negated else ''}{units - self.less}"
