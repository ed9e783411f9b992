"""Packet and connection marks: numbers of 32 bits with masks, written in hexadecimal."""

from __future__ import annotations

from typing import Any

from .base import Family, Hexadecimal, InvalidValue, Value, leading_number
from .wording import Context, as_typed

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

    def nft_condition(self, value: tuple[int, int], family: Family, negated: bool) -> str:
        mark, mask = value
        if mask == _ALL:
            return f"!= {mark:#x}" if negated else f"{mark:#x}"
        return f"and {mask:#x} {'!=' if negated else '=='} {mark:#x}"

    def say(self, value: tuple[int, int], context: Context) -> str:
        mark, mask = masked_as_typed(value, context.typed)
        return mark if value[1] == _ALL else f"{mark}/{mask}"


class ComparedMark(MarkMask):
    """A mark that another is compared with, in words as what that is or has: `is 5`, `has the bits 0x30 set`."""

    def say(self, value: tuple[int, int], context: Context) -> str:
        mark, mask = masked_as_typed(value, context.typed)
        bits = f"the bit {mask}" if value[1].bit_count() == 1 else f"the bits {mask}"
        if value[1] == _ALL or value[0] not in (0, value[1]) or not value[1]:
            where = "" if value[1] == _ALL else f" in {bits}"
            return f"is {'not ' if context.negated else ''}{mark}{where}"
        if value[0]:
            return f"{'does not have' if context.negated else 'has'} {bits} set"
        if value[1].bit_count() == 1:
            return f"{'has' if context.negated else 'does not have'} {bits} set"
        return f"has {'some' if context.negated else 'none'} of {bits} set"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"is {'not ' if context.negated else ''}{super().say_unknown(text, context)}"


def nft_mark(source: str, value: int, mask: int) -> str:
    """What a mark becomes in nft, whose old value is `source`: the bits of `mask` cleared, then those of `value`
    flipped.
    """
    if mask == _ALL:
        return f"{value:#x}"
    if not value:
        return f"{source} and {mask ^ _ALL:#x}"
    if value == mask:
        return f"{source} or {value:#x}"
    if not mask:
        return f"{source} xor {value:#x}"
    return f"{source} and {mask ^ _ALL:#x} xor {value:#x}"


def masked_as_typed(value: tuple[int, int], typed: str) -> tuple[str, str]:
    """A number and its mask, each in the base in which it was typed."""
    number, _, mask = typed.partition("/")
    return as_typed(value[0], number), as_typed(value[1], mask or "0x")


def setting_in_words(what: str, value: tuple[int, int], typed: str, flips: bool, whole: int = _ALL) -> str:
    """What a mark with a mask does to `what`, beginning with a verb: the bits of the mask are cleared, and those of the
    mark then set, or flipped. `whole` is a mask that leaves nothing.
    """
    mark, mask = masked_as_typed(value, typed)
    if value[1] == whole:
        return f"set {what} to {mark}"
    if not value[0]:
        return f"clear the bits {mask} of {what}"
    if value[0] == value[1]:
        return f"set the bits {mask} of {what}"
    if not value[0] & ~value[1]:
        return f"set the bits {mask} of {what} to {mark}"
    return f"in {what}, clear the bits {mask}, {'then flip' if flips else 'then set'} the bits {mark}"


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


class NewMark(MarkMask):
    """A mark that is set by an `option`; `source` is what nft calls the old one."""

    def __init__(self, source: str, option: str) -> None:
        super().__init__(full=True)
        self.source, self.option = source, option

    def nft(self, value: tuple[int, int], family: Family) -> str:
        return nft_mark(self.source, *as_xmark(self.option, value))

    def nft_condition(self, value: tuple[int, int], family: Family, negated: bool) -> str:
        return self.nft(value, family)


class NewBits(Hexadecimal):
    """The bits that an `option` keeps, sets or flips in a mark; `source` is what nft calls the old one."""

    def __init__(self, source: str, option: str) -> None:
        super().__init__(_ALL)
        self.source, self.option = source, option

    def nft(self, value: int, family: Family) -> str:
        return nft_mark(self.source, *as_xmark(self.option, value))


mark_mask = ComparedMark()
full_mark_mask = MarkMask(full=True)
unmasked_mark = MarkMask(full=True, masked=False)
