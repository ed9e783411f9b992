"""The classes of Differentiated Services by name, for `-m dscp` and `-j DSCP` (RFC 2474, 2597 and 3246)."""

from __future__ import annotations

from .base import Family, InvalidValue, Unsigned, Value
from .wording import Context

#: Best effort, expedited forwarding, the class selectors CS0 to CS7, and assured forwarding AF11 to AF43.
DSCP_CLASSES: dict[str, int] = {
    "BE": 0,
    "EF": 46,
    **{f"CS{number}": 8 * number for number in range(8)},
    **{f"AF{number}{drop}": 8 * number + 2 * drop for number in range(1, 5) for drop in range(1, 4)},
}


_KINDS = {"BE": "best effort", "EF": "expedited forwarding", "CS": "class selector", "AF": "assured forwarding"}


def _class(name: str) -> str:
    return f"{name} ({_KINDS[name[:2]]})"


class CodePoint(Unsigned):
    """The number of a class: six bits."""

    def say(self, value: int, context: Context) -> str:
        name = next((name for name, number in DSCP_CLASSES.items() if number == value), "")
        return super().say(value, context) + (f", the class {_class(name)}" if name else "")


class HexadecimalCodePoint(CodePoint):
    """The same, written in hexadecimal."""

    def write(self, value: int, family: Family) -> str:
        return f"{value:#04x}"


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

    def say(self, value: int, context: Context) -> str:
        return _class(next((name for name in DSCP_CLASSES if context.typed.upper().startswith(name)), "BE"))


code_point = CodePoint(0, 0x3F)
hexadecimal_code_point = HexadecimalCodePoint(0, 0x3F)
