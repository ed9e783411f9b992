"""Fields of IPv6 headers, which iptables reads wider than they are, or in bytes; nft reads them as they are.

Found in what the kernel compares. A number that a field cannot hold is in no packet.
`header` are the words that ask for the header alone.
"""

from __future__ import annotations

from ..nft import NEVER
from .base import Family, Unsigned, UnsignedRange


class HeaderLength(Unsigned):
    """A length in bytes, of a header whose own `field` in nft counts in a `unit` of bytes, `less` than there are."""

    def __init__(self, field: str, header: str, unit: int, less: int) -> None:
        super().__init__(0, 0xFFFF_FFFF)
        self.field, self.header, self.unit, self.less = field, header, unit, less

    def nft_condition(self, value: int, family: Family, negated: bool) -> str:
        """All of the words, as a length that no header can have is in none of its fields."""
        units, rest = divmod(value, self.unit)
        if rest or not 0 <= units - self.less <= 255:
            return self.header if negated else NEVER
        return f"{self.field} {'!= ' if negated else ''}{units - self.less}"


class FieldRange(UnsignedRange):
    """A number of 32 bits, or a range of them, to be found in a `field` of nft that holds up to `most`."""

    def __init__(self, field: str, header: str, most: int) -> None:
        super().__init__(0xFFFF_FFFF)
        self.field, self.header, self.most = field, header, most

    def nft_condition(self, value: tuple[int, int], family: Family, negated: bool) -> str:
        """All of the words."""
        low, high = value
        if low > self.most:
            return self.header if negated else NEVER
        if (low, high) == (0, self.max) and not negated:
            return ""
        if low == 0 and high > self.most:
            return NEVER if negated else self.header
        high = min(high, self.most)
        return f"{self.field} {'!= ' if negated else ''}{low if low == high else f'{low}-{high}'}"


class FieldValue(Unsigned):
    """A number of 32 bits, to be found in a `field` of nft that holds up to `most`."""

    def __init__(self, field: str, header: str, most: int) -> None:
        super().__init__(0, 0xFFFF_FFFF)
        self.field, self.header, self.most = field, header, most

    def nft_condition(self, value: int, family: Family, negated: bool) -> str:
        """All of the words."""
        if value > self.most:
            return self.header if negated else NEVER
        return f"{self.field} {'!= ' if negated else ''}{value}"
