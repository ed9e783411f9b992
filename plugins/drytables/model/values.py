"""Sets of values that an option accepts: whether one is in it, and how two of them stand to each other.

Only what is certain is said: `within` and `apart` may be false where a closer look would find them true.
"""

from __future__ import annotations

from typing import NamedTuple


class Ranges(NamedTuple):
    """Whole numbers in ranges, from the first to the last of each; sorted, apart and not touching."""

    ranges: tuple[tuple[int, int], ...]

    def has(self, value: object) -> bool:
        """Whether a number is in it; true and false are 1 and 0."""
        return isinstance(value, int) and any(low <= value <= high for low, high in self.ranges)

    def within(self, other: Values) -> bool:
        """Whether all of it is in another set."""
        if isinstance(other, Ranges):
            if len(self.ranges) == 1 == len(other.ranges):
                (low, high), (first, last) = *self.ranges, *other.ranges
                return first <= low and high <= last
            return all(any(first <= low and high <= last for first, last in other.ranges) for low, high in self.ranges)
        return all(low == high and other.has(low) for low, high in self.ranges)

    def apart(self, other: Values) -> bool:
        """Whether nothing of it is in another set."""
        if isinstance(other, Ranges):
            return all(high < first or last < low for low, high in self.ranges for first, last in other.ranges)
        return all(low == high and not other.has(low) for low, high in self.ranges)

    def complement(self, last: int) -> Ranges:
        """The numbers from 0 to the last that are not in it."""
        found, start = [], 0
        for low, high in self.ranges:
            if start < low:
                found.append((start, low - 1))
            start = high + 1
        return Ranges((*found, (start, last)) if start <= last else tuple(found))

    @property
    def only(self) -> int | None:
        """Its number, if it has just one."""
        return self.ranges[0][0] if len(self.ranges) == 1 and self.ranges[0][0] == self.ranges[0][1] else None


def ranges(*pairs: tuple[int, int]) -> Ranges:
    """Some ranges in any order; one that ends before it begins holds nothing."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(pair for pair in pairs if pair[0] <= pair[1]):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return Ranges(tuple(found))


def exactly(value: int) -> Ranges:
    """One number."""
    return Ranges(((value, value),))


class Masked(NamedTuple):
    """Whole numbers that, as far as the bits of a mask go, are a value. None is, if the value has other bits too."""

    value: int
    mask: int

    def has(self, value: object) -> bool:
        """Whether a number is in it."""
        return isinstance(value, int) and value & self.mask == self.value

    def within(self, other: Values) -> bool:
        """Whether all of it is in another set."""
        if isinstance(other, Masked):
            return not other.mask & ~self.mask and self.value & other.mask == other.value
        return self.value & ~self.mask != 0

    def apart(self, other: Values) -> bool:
        """Whether nothing of it is in another set."""
        if isinstance(other, Masked):
            both = self.mask & other.mask
            return self.value & both != other.value & both
        return other.apart(self) if isinstance(other, Ranges) else False

    @property
    def only(self) -> int | None:
        """The value: other bits than those of the mask are taken to be 0."""
        return self.value if not self.value & ~self.mask else None


class Words(NamedTuple):
    """Words."""

    words: frozenset[str]

    def has(self, value: object) -> bool:
        """Whether a word is one of them."""
        return value in self.words

    def within(self, other: Values) -> bool:
        """Whether another set has all of them."""
        return isinstance(other, Words) and self.words <= other.words

    def apart(self, other: Values) -> bool:
        """Whether another set has none of them."""
        return isinstance(other, Words) and not self.words & other.words

    @property
    def only(self) -> str | None:
        """Its word, if it has just one."""
        return next(iter(self.words)) if len(self.words) == 1 else None


class Named(NamedTuple):
    """Interfaces: one with a name, or all whose names begin so. iptables(8): `eth+` is any that begins with `eth`."""

    name: str
    is_prefix: bool = False

    def has(self, value: object) -> bool:
        """Whether an interface is one of them."""
        return isinstance(value, str) and (value.startswith(self.name) if self.is_prefix else value == self.name)

    def within(self, other: Values) -> bool:
        """Whether all of them are in another set."""
        if not isinstance(other, Named):
            return False
        return self.name.startswith(other.name) if other.is_prefix else not self.is_prefix and self.name == other.name

    def apart(self, other: Values) -> bool:
        """Whether none of them is in another set."""
        if not isinstance(other, Named):
            return False
        if not self.is_prefix:
            return not other.has(self.name)
        return not (self.name.startswith(other.name) if other.is_prefix else False) and not other.name.startswith(
            self.name
        )

    @property
    def only(self) -> str | None:
        """Its name, if it is just one."""
        return None if self.is_prefix else self.name


Values = Ranges | Masked | Words | Named
