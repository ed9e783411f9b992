"""The Type of Service field, for `-m tos` and `-j TOS`: eight bits with a mask, or one of five names.

iptables-extensions(8), tos and TOS; the names' mask and case as observed with iptables-legacy 1.8.9.
"""

from __future__ import annotations

from .base import Family, InvalidValue, Value, leading_number
from .marks import masked_as_typed
from .wording import Context

NAMES = {
    "Minimize-Delay": 0x10,
    "Maximize-Throughput": 0x08,
    "Maximize-Reliability": 0x04,
    "Minimize-Cost": 0x02,
    "Normal-Service": 0x00,
}
_OF_A_NAME = 0x3F
_ALL = 0xFF


class TypeOfService(Value):
    """`VALUE[/MASK]`, eight bits each, or a name, which comes with a mask of its own.

    `masked` says whether a mask may be given.
    """

    synopsis = "VALUE[/MASK]|NAME"

    def __init__(self, masked: bool = True) -> None:
        self.masked = masked

    def read(self, text: str, family: Family) -> tuple[int, int]:
        for name, bits in NAMES.items():
            if name.lower() == text.lower():
                return bits, _OF_A_NAME
        value, rest = leading_number(text)
        if value is None or value > _ALL:
            raise InvalidValue(
                "neither an 8-bit number nor a known name",
                says=f'Symbolic name "{text}" is unknown',
                choices=tuple(NAMES),
            )
        if not rest:
            return value, _ALL
        mask, rest = leading_number(rest[1:]) if rest[0] == "/" and self.masked else (None, rest)
        if mask is None or mask > _ALL or rest:
            raise InvalidValue("not an 8-bit number with a mask", says=f'Illegal value: "{text}"')
        return value, mask

    def write(self, value: tuple[int, int], family: Family) -> str:
        return f"{value[0]:#04x}/{value[1]:#04x}"

    def say(self, value: tuple[int, int], context: Context) -> str:
        """A name, or a number with the bits that a mask leaves of it."""
        if context.typed[:1].isalpha():
            return next((name for name, bits in NAMES.items() if bits == value[0]), context.typed)
        number, mask = masked_as_typed(value, context.typed)
        return number if value[1] == _ALL else f"{number}, comparing only the bits {mask}"


type_of_service = TypeOfService()
unmasked_type_of_service = TypeOfService(masked=False)
