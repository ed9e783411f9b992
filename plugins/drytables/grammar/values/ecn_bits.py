"""The two bits of Explicit Congestion Notification in the IP header, for `-m ecn` and `-j ECN` (RFC 3168)."""

from __future__ import annotations

from .base import Family, Unsigned
from .wording import Context

_MEANINGS = ("no support for ECN", "ECN is supported", "ECN is supported", "congestion was met")


class EcnBits(Unsigned):
    """A number of two bits."""

    def nft(self, value: int, family: Family) -> str:
        return ("not-ect", "ect1", "ect0", "ce")[value]

    def say(self, value: int, context: Context) -> str:
        return f"{super().say(value, context)} ({_MEANINGS[value]})"


ecn_bits = EcnBits(0, 3)
