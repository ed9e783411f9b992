"""Which distribution ships which iptables (`distributions.json`, which leaves out versions that were not certain)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .facts import read_facts
from .ranges import Range
from .releases import NEWEST, Release


@cache
def _shipped(distribution: str) -> list[tuple[str, Release]]:
    """The versions of a distribution, each with the release that it ships; the newest first."""
    facts: dict[str, list[tuple[str, str, str]]] = read_facts("distributions.json")
    return [(version, _release(iptables)) for version, iptables, _ in reversed(facts.get(distribution, []))]


def _release(iptables: str) -> Release:
    """A release; for one that is not known yet, the newest."""
    try:
        return Release(iptables)
    except ValueError:
        return Release(NEWEST)


def first_with(distribution: str, ranges: Sequence[Range]) -> str | None:
    """The first version of a distribution since which all ship a release of these ranges: `Debian 7`."""
    first = None
    for version, shipped in _shipped(distribution):
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
