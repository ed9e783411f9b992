"""Which distribution ships which iptables (`distributions.json`; where a version was not certain, it is left out)."""

from __future__ import annotations

from functools import cache

from .facts import read_facts
from .releases import NEWEST, Release


@cache
def _shipped() -> dict[str, list[tuple[str, str, str]]]:
    facts: dict[str, list[tuple[str, str, str]]] = read_facts("distributions.json")
    return facts


def first_with(distribution: str, release: Release) -> str | None:
    """The first version of a distribution from which on all ship a release or a newer one: `Debian 7`."""
    newest = Release(NEWEST)
    found = None
    for version, iptables, _ in reversed(_shipped().get(distribution, [])):
        try:
            shipped = Release(iptables)
        except ValueError:
            shipped = newest
        if shipped < release:
            break
        found = version
    return f"{distribution} {found}" if found else None


def shipping(release: Release, distributions: tuple[str, ...] = ("Debian", "Ubuntu", "RHEL/CentOS")) -> str:
    """Where a release or a newer one is found, in words: `Debian 7, Ubuntu 12.04 and RHEL/CentOS 7, and later`."""
    found = [first for each in distributions if (first := first_with(each, release))]
    if not found:
        return ""
    listed = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"{listed}{' and later' if len(found) == 1 else ', and later'}"
