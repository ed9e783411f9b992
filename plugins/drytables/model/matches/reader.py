"""How an option becomes a condition: which field it looks at, and which values it accepts there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...grammar.rule import Setting, Use
from ...grammar.values.addresses import BITS, Name, Network, prefix_length
from ...grammar.values.base import Family
from ...meaning.conditions import typed
from ..condition import AnyOf, Look, Single, Unknowable
from ..values import Masked, Ranges, Values, exactly

#: Makes the condition of an option that was given in a use of a match; raises Unknown for a hole.
Reader = Callable[[Use, Setting], Single]

#: The last value of a field, where that is the same for both families.
_LAST = {
    "source_port": 0xFFFF, "destination_port": 0xFFFF, "original_source_port": 0xFFFF,
    "original_destination_port": 0xFFFF, "icmp": 0xFFFF, "length": 0xFFFF, "ttl": 0xFF, "tos": 0xFF, "protocol": 0xFF,
    "mark": 0xFFFF_FFFF, "connection_mark": 0xFFFF_FFFF, "is_later_fragment": 1, "is_reply": 1,
    "user": 0xFFFF_FFFF, "group": 0xFFFF_FFFF,
}  # fmt: skip
_ADDRESSES = frozenset({"source", "destination", "original_source", "original_destination"})


def plain_look(field: str, values: Values, negated: bool, text: str, family: Family) -> Look:
    """A look at a field; what it may not be is said as what it may be, where both are ranges of numbers."""
    last = last_of(field, family)
    if negated and isinstance(values, Ranges) and last is not None:
        return Look(field, values.complement(last), text=text)
    return Look(field, values, negated, text)


def last_of(field: str, family: Family) -> int | None:
    """The last value that a field may have; None if its values are not numbers, or have no limit."""
    return (1 << BITS[family]) - 1 if field in _ADDRESSES else _LAST.get(field)


def look(field: str, values: Callable[[Any], Values]) -> Reader:
    """Reads an option that looks at a field for some values."""

    def read(use: Use, setting: Setting) -> Single:
        if isinstance(setting.known, Name) or (isinstance(setting.known, Network) and _is_name(setting.known)):
            return Unknowable(f"which address or number `{setting.words[-1].text}` stands for", typed(setting))
        return plain_look(field, values(setting.known), setting.negated, typed(setting), use.rule.family)

    return read


def look_at_network(field: str) -> Reader:
    """Reads an option that looks at a field for the addresses of a network."""

    def read(use: Use, setting: Setting) -> Single:
        return look(field, lambda value: network(value, use.rule.family))(use, setting)

    return read


def flag(field: str, values: Values) -> Reader:
    """Reads an option without a value."""
    return lambda use, setting: plain_look(field, values, setting.negated, typed(setting), use.rule.family)


def either(fields: tuple[str, str], values: Callable[[Any], Values]) -> Reader:
    """Reads an option that one of two fields must satisfy."""

    def read(use: Use, setting: Setting) -> Single:
        looks = tuple(Look(field, values(setting.known), text=typed(setting)) for field in fields)
        return AnyOf(looks, setting.negated, typed(setting))

    return read


def _is_name(value: Network) -> bool:
    return isinstance(value.address, Name)


def network(value: Network, family: Family) -> Values:
    """The addresses of a network."""
    bits, address = BITS[family], int(value.address) & value.mask
    length = prefix_length(value.mask, family)
    if length is None:
        return Masked(address, value.mask)
    return Ranges(((address, address | (1 << bits - length) - 1),))


def masked(value: tuple[int, int], every: int) -> Values:
    """A value of which only the bits of a mask count; `every` has all bits that there are."""
    wanted, mask = value
    return exactly(wanted) if mask == every else Masked(wanted, mask)
