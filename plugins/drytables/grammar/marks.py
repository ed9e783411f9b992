"""Packet and connection marks: numbers of 32 bits with masks, written in hexadecimal."""

from __future__ import annotations

from .values import Bad, Family, Value, number

_ALL = 0xFFFF_FFFF


class MarkMask(Value):
    """`VALUE[/MASK]`; `full` writes the mask even where it is all ones."""

    synopsis = "VALUE[/MASK]"

    def __init__(self, full: bool = False) -> None:
        self.full = full

    def read(self, text: str, family: Family) -> tuple[int, int]:
        value_text, slash, mask_text = text.partition("/")
        value, mask = number(value_text), number(mask_text) if slash else _ALL
        if value is None or mask is None or value > _ALL or mask > _ALL:
            raise Bad(
                "not a number of 32 bits, with or without a mask",
                says='{extension}: bad integer value for option "--{option}", or out of range.',
            )
        return value, mask

    def write(self, value: tuple[int, int], family: Family) -> str:
        mark, mask = value
        return f"{mark:#x}/{mask:#x}" if self.full or mask != _ALL else f"{mark:#x}"


mark_mask = MarkMask()
full_mark_mask = MarkMask(full=True)
