"""Numbers that iproute2 has names for, with a mask: device groups and routing realms (observed with iptables 1.8.9).

The files in /etc/iproute2 on the reader's machine define the names; each kind has one name that exists everywhere.
"""

from __future__ import annotations

from ...reading.need import Need
from ...reading.pattern import pattern
from .addresses import Name
from .base import Family, InvalidValue, Value, leading_number
from .marks import full_mark_mask, masked_as_typed
from .unchecked import c_number
from .wording import Context

_ALL = 0xFFFF_FFFF
_NAME = pattern(r"[A-Za-z_][^\s/]*")

Mark = tuple[int, int] | Name


class NamedMark(Value):
    """`VALUE[/MASK]`, or a name; `kind` says of what (`device group`), `zero` is the name of 0 everywhere.

    A `lenient` one takes the lowest 32 bits of any number, which may have a sign, and an empty mask for 0.
    """

    synopsis = "VALUE[/MASK]"

    def __init__(self, kind: str, zero: str, lenient: bool = False) -> None:
        self.kind, self.zero, self.is_lenient = kind, zero, lenient

    def read(self, text: str, family: Family) -> Mark:
        if text == self.zero:
            return 0, _ALL
        if self.is_lenient and (found := self._lenient(text)):
            return found
        value, rest = leading_number(text)
        if value is not None and value <= _ALL:
            if not rest:
                return value, _ALL
            if rest.startswith("/"):
                return value, self._mask(rest[1:])
        if _NAME.fullmatch(text):
            return Name(text)
        raise InvalidValue(
            f"neither a 32-bit number nor the name of a {self.kind}",
            says=f'{{extension}}: could not map name {text} to an integer value for option "--{{option}}".',
        )

    @staticmethod
    def _lenient(text: str) -> tuple[int, int] | None:
        value, rest = c_number(text)
        if value is None or rest[:1] not in ("", "/"):
            return None
        mask, after = c_number(rest[1:]) if rest[1:] else (0, "")
        if after or mask is None:
            return None
        return value & _ALL, mask & _ALL if rest else _ALL

    def _mask(self, text: str) -> int:
        mask, rest = leading_number(text)
        says = '{extension}: bad integer value for option "--{option}", or out of range.'
        if mask is None or mask > _ALL:
            raise InvalidValue("the mask after the slash is not a 32-bit number", says=says)
        if rest:
            says = '{extension}: trailing garbage after value for option "--{option}".'
            raise InvalidValue("unexpected text after the mask", says=says)
        return mask

    def write(self, value: Mark, family: Family) -> str:
        if isinstance(value, Name):
            return value
        number, mask = value
        if mask != _ALL:
            return f"{number:#x}/{mask:#x}"
        return f"{number:#x}" if number else self.zero

    def nft_condition(self, value: Mark, family: Family, negated: bool) -> str:
        if isinstance(value, Name):
            return f"!= {value}" if negated else value
        return full_mark_mask.nft_condition(value, family, negated)

    def say(self, value: Mark, context: Context) -> str:
        if isinstance(value, Name) or context.typed == self.zero:
            return context.typed or str(value)
        number, mask = masked_as_typed(value, context.typed)
        return number if value[1] == _ALL else f"{number}, comparing only the bits {mask}"

    def needs(self, value: Mark) -> list[Need]:
        return [Need(self.kind, str(value))] if isinstance(value, Name) else []
