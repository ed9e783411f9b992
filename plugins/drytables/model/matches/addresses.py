"""Matches that look at addresses and interfaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...grammar.rule import Setting, Unknown, Use
from ...meaning.conditions import typed, typed_use
from ..condition import Look, Single, Unknowable
from ..ruleset import AddressSet
from ..values import Values, Words, ranges
from .reader import Reader, look, plain_look


def _address_type(field: str) -> Reader:
    """A type of address; for one interface alone, only the machine's routes can tell."""
    by_type = look(field, lambda value: Words(frozenset(value)))

    def read(use: Use, setting: Setting) -> Single:
        if use.has("limit-iface-in") or use.has("limit-iface-out"):
            return Unknowable("the addresses of the interface", typed(setting))
        return by_type(use, setting)

    return read


def _of_range(value: Any) -> Values:
    return ranges(value)


READERS: dict[str, dict[str, Reader]] = {
    "addrtype": {"src-type": _address_type("source_type"), "dst-type": _address_type("destination_type")},
    "iprange": {"src-range": look("source", _of_range), "dst-range": look("destination", _of_range)},
    "mac": {"mac-source": look("mac_source", lambda value: Words(frozenset({value})))},
}

#: Options that only say how the others are meant.
MODIFIERS: dict[str, frozenset[str]] = {"addrtype": frozenset({"limit-iface-in", "limit-iface-out"})}

_DIRECTIONS = {"src": "source", "dst": "destination"}


def look_in_a_set(use: Use, sets: Mapping[str, AddressSet]) -> Look | None:
    """Whether an address is in a set of addresses that is known; None for any other match."""
    if use.extension.name != "set" or len({*use.settings} - {"update-counters", "update-subcounters"}) != 1:
        return None
    try:
        name, directions = use.value("match-set")
    except Unknown:
        return None
    known = sets.get(name)
    if known is None or known.family != use.rule.family or len(directions) != 1 or directions[0] not in _DIRECTIONS:
        return None
    return plain_look(
        _DIRECTIONS[directions[0]], known.addresses, use.negated("match-set"), typed_use(use), use.rule.family
    )
