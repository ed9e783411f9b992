"""Which conditions of nft compare one value, so that several of them can stand in one set: a table of their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from ..reading.pattern import pattern

#: The lowest and the highest of the values that an element stands for; a name stands for itself.
Range = tuple[int, int]


class Compared(NamedTuple):
    """A condition that compares one value: the `key` that it looks at, and what that may be, each as nft writes it."""

    key: str
    elements: tuple[str, ...]


_NAME = r'[a-z0-9][a-z0-9_-]*|"[\w.@:-]+"'
_PORTS = r"\d+(?:-\d+)?"
_ADDRESSES = r"[0-9a-f.:]+(?:/\d+|-[0-9a-f.:]+)?"

#: What is looked at, and a value of it. What a target may change while a packet is in a chain, such as its mark, is not
#: here: a packet that one rule has changed may meet the next one too.
_KEYS = (
    (r"(?:tcp|udp|sctp|dccp|udplite) [sd]port", _PORTS),
    (r"ip6? [sd]addr", _ADDRESSES),
    (r"[io]ifname", r'"[\w.@:-]+"'),
    (r"icmp(?:v6)? type", _NAME),
    (r"ip protocol|meta l4proto", _NAME),
    (r"ct state", r"[a-z]+"),
)
_FLAGS = r"(?P<flags>[a-z]+(?:,[a-z]+)+)"
_CONDITIONS = tuple(
    pattern(rf"({key}) (?:(?P<one>{value})|\{{ (?P<several>(?:{value})(?:, (?:{value}))*) \}}|{_FLAGS})\Z")
    for key, value in _KEYS
)


@lru_cache(maxsize=4096)
def compared(words: str) -> Compared | None:
    """The one value, or the list of values, that a condition compares with; None if it does something else."""
    for condition in _CONDITIONS:
        found = condition.match(words)
        if found is not None:
            return _read(found)
    return None


def _read(found: re.Match[str]) -> Compared | None:
    if found["flags"] is not None:
        # A connection is in one state, so that it has one of some flags if it is in one of some states.
        return Compared(found[1], tuple(found["flags"].split(","))) if found[1] == "ct state" else None
    return Compared(found[1], (found["one"],) if found["one"] is not None else tuple(found["several"].split(", ")))


class Elements:
    """The elements of a set, in the order in which they were added, of which no two have a value in common."""

    __slots__ = ("_names", "_ranges", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._names: set[str] = set()
        self._ranges: list[Range] = []

    def add(self, value: Compared) -> bool:
        """Add the elements of a condition; False, and nothing is added, if a value is in the set already."""
        if value.key.endswith(("port", "addr")):
            ranges = [*map(_range, value.elements)]
            if not self._have_room(ranges):
                return False
        elif len({*value.elements}) < len(value.elements) or not self._names.isdisjoint(value.elements):
            return False
        else:
            self._names.update(value.elements)
        self.texts += value.elements
        return True

    def _have_room(self, ranges: list[Range | None]) -> bool:
        """Put ranges among the others, all or none of them."""
        added: list[Range] = []
        for each in ranges:
            at = bisect_left(self._ranges, each) if each is not None else 0
            before = self._ranges[at - 1] if at else (-1, -1)
            after = self._ranges[at] if at < len(self._ranges) else None
            if each is None or before[1] >= each[0] or (after is not None and after[0] <= each[1]):
                for other in added:
                    self._ranges.remove(other)
                return False
            self._ranges.insert(at, each)
            added.append(each)
        return True


def _range(element: str) -> Range | None:
    """The values of ports or addresses; None if they cannot be read."""
    if element.replace("-", "").isdigit():
        low, _, high = element.partition("-")
        return int(low), int(high or low)
    try:
        if "-" in element:
            first, last = map(ip_address, element.split("-"))
            return int(first), int(last)
        network = ip_network(element, strict=False)
    except ValueError:
        return None
    return int(network.network_address), int(network.broadcast_address)
