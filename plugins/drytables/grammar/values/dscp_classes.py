"""The classes of Differentiated Services by name, for `-m dscp` and `-j DSCP` (RFC 2474, 2597 and 3246)."""

from __future__ import annotations

from .base import Family, InvalidValue, Value

#: Best effort, expedited forwarding, the class selectors CS0 to CS7, and assured forwarding AF11 to AF43.
DSCP_CLASSES: dict[str, int] = {
    "BE": 0,
    "EF": 46,
    **{f"CS{number}": 8 * number for number in range(8)},
    **{f"AF{number}{drop}": 8 * number + 2 * drop for number in range(1, 5) for drop in range(1, 4)},
}


class DscpClass(Value):
    """A class by its name, in any case, ignoring what follows (observed with iptables-legacy 1.8.9); written as the
    number of its six bits.
    """

    synopsis = "CLASS"

    def read(self, text: str, family: Family) -> int:
        for name, value in DSCP_CLASSES.items():
            if text.upper().startswith(name):
                return value
        raise InvalidValue(
            "not the name of a DSCP class", says=f"Invalid DSCP value `{text}'", choices=tuple(DSCP_CLASSES)
        )

    def write(self, value: int, family: Family) -> str:
        return f"{value:#04x}"
