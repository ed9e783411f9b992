"""Matches that look at addresses and interfaces."""

from __future__ import annotations

from typing import Any

from ...grammar.rule import Setting, Use
from ...meaning.conditions import typed
from ..condition import Single, Unknowable
from ..values import Values, Words, ranges
from .reader import Reader, look


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
