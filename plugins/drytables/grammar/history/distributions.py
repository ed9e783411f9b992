"""Which distribution ships which iptables (`distributions.json`, which leaves out versions that were not certain)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .facts import read_facts
from .ranges import Range
from .releases import NEWEST, Release


@cache
def _shipped() -> dict[str, list[tuple[str, str, str]]]:
    facts: dict[str, list[tuple[str, str, str]]] = read_facts("distributions.json")
    return facts


def first_with(distribution: str, ranges: Sequence[Range]) -> str | None:
    """The first version of a distribution since which all ship a release of these ranges: `Debian 7`."""
    newest = Release(NEWEST)
    first = None
    for version, iptables, _ in reversed(_shipped().get(distribution, [])):
        try:
            shipped = Release(iptables)
        except ValueError:
            shipped = newest
        if not any(each.has(shipped) for each in ranges):
            break
        first = version
    return f"{distribution} {first}" if first else None


def shipping(ranges: Sequence[Range], distributions: tuple[str, ...] = ("Debian", "Ubuntu", "RHEL/CentOS")) -> str:
    """Where a release of these ranges is shipped, in words: `Debian 7, Ubuntu 12.04 and RHEL/CentOS 7, and later`."""
    places = [first for each in distributions if (first := first_with(each, ranges))]
    if not places:
        return ""
    listed = places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
    return f"{listed}{' and later' if len(places) == 1 else ', and later'}"
