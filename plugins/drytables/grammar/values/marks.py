"""Packet and connection marks: numbers of 32 bits with masks, written in hexadecimal."""

from __future__ import annotations

from typing import Any

from .base import Family, InvalidValue, Value, leading_number

_ALL = 0xFFFF_FFFF


class MarkMask(Value):
    """`VALUE[/MASK]`; `full` writes the mask even if it is all ones; `masked` says whether one may be given."""

    synopsis = "VALUE[/MASK]"

    def __init__(self, full: bool = False, masked: bool = True) -> None:
        self.full, self.masked = full, masked

    def read(self, text: str, family: Family) -> tuple[int, int]:
        value, rest = leading_number(text)
        has_mask = value is not None and self.masked and rest.startswith("/")
        mask, rest = leading_number(rest[1:]) if has_mask else (_ALL, rest)
        if value is None or mask is None or value > _ALL or mask > _ALL:
            says = '{extension}: bad integer value for option "--{option}", or out of range.'
        elif rest:
            says = '{extension}: trailing garbage after value for option "--{option}".'
        else:
            return value, mask
        raise InvalidValue("not a 32-bit number, with or without a mask", says=says)

    def write(self, value: tuple[int, int], family: Family) -> str:
        mark, mask = value
        return f"{mark:#x}/{mask:#x}" if self.full or mask != _ALL else f"{mark:#x}"


def as_xmark(option: str, value: Any) -> tuple[int, int]:
    """What `--set-mark`, `--and-mark`, `--or-mark`, `--xor-mark` or `--set-xmark` does, as the (value, mask) of the
    last.

    iptables-extensions(8), MARK: the bits of the mask are cleared, then those of the value flipped.
    """
    if option == "set-xmark":
        mark, mask = value
        return mark, mask
    if option == "set-mark":
        mark, mask = value
        return mark, mark | mask
    return {"and-mark": (0, value ^ _ALL), "or-mark": (value, value), "xor-mark": (value, 0)}[option]


mark_mask = MarkMask()
full_mark_mask = MarkMask(full=True)
unmasked_mark = MarkMask(full=True, masked=False)
