"""The releases of iptables, and which of them have which extension and option (`history.json`, from its history)."""

from __future__ import annotations

from functools import cache
from typing import Any

from .facts import read_facts

#: Spans of releases: first and last; None as last means the newest.
Spans = list[list[str | None]]


@cache
def history() -> dict[str, Any]:
    """The facts: `releases`, `options` of iptables itself, `extensions`, and those that were never upstream.

    Left out: 1.4.16 refused every `-j ACCEPT` and the like, and was replaced the next day; it is taken to be as
    1.4.16.1 is. Up to 1.2.7, -C was another command, which sent an invented packet through a chain.
    """
    facts: dict[str, Any] = read_facts("history.json")
    return facts


@cache
def order_of_releases() -> dict[str, int]:
    """The number of each release, from 0 for the oldest."""
    return {version: index for index, (version, _) in enumerate(history()["releases"])}


class Release:
    """A release of iptables, from 1.1.0 to the newest known; raises ValueError for a version that never existed."""

    __slots__ = ("index", "version")

    #: Whether it records the questions it is asked. An answer kept from earlier must then ask its questions again.
    is_watched = False

    def __init__(self, version: str) -> None:
        if version not in order_of_releases():
            raise ValueError(f"unknown iptables release {version!r}; known releases are {FIRST} to {NEWEST}")
        self.version = version
        self.index = order_of_releases()[version]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and self.index == other.index

    # All four comparisons are written out: a verdict makes dozens, and total_ordering's are three times as slow.

    def __lt__(self, other: Release) -> bool:
        return self.index < other.index

    def __le__(self, other: Release) -> bool:
        return self.index <= other.index

    def __gt__(self, other: Release) -> bool:
        return self.index > other.index

    def __ge__(self, other: Release) -> bool:
        return self.index >= other.index

    def __hash__(self) -> int:
        return self.index

    def __str__(self) -> str:
        return self.version

    def __repr__(self) -> str:
        return f"Release({self.version!r})"

    def is_in(self, spans: Spans) -> bool:
        """Whether one of the spans contains this release."""
        order = order_of_releases()
        return any(
            order[str(first)] <= self.index and (last is None or self.index <= order[last]) for first, last in spans
        )


FIRST = "1.1.0"
NEWEST = "1.8.11"


@cache
def releases() -> tuple[Release, ...]:
    """Every release, oldest first."""
    return tuple(Release(version) for version in order_of_releases())


def spans(text: str) -> Spans:
    """The spans that a table names: `..1.4.10` are all up to 1.4.10, `1.4.11..1.4.12 1.8.8..` these and the newest;
    raises ValueError.
    """
    found: Spans = []
    for each in text.split():
        first, dots, last = each.partition("..")
        if (
            not dots
            or {first or FIRST, last or NEWEST} - order_of_releases().keys()
            or Release(first or FIRST) > Release(last or NEWEST)
        ):
            raise ValueError(f"not a span of releases: {each}")
        found.append([first or FIRST, last or None])
    return found


def extension_spans(kind: str, name: str, family: str) -> Spans:
    """The releases that have a match or target; empty if none ever had it for this family."""
    entry = history()["extensions"].get(name)
    return entry["spans"].get(family, []) if entry and entry["kind"] == kind else []


def option_spans(extension: str, option: str, family: str) -> Spans:
    """The releases that have an option (by any of its long names) of an extension."""
    entry = history()["extensions"].get(extension)
    if entry is None:
        return [[FIRST, None]]
    spans: Spans = entry["options"].get(option, {}).get(family, entry["spans"].get(family, []))
    return spans


def word_spans(extension: str, option: str) -> dict[str, Spans]:
    """The releases that have a word which an option accepts, for those words that not all of them have."""
    spans: dict[str, Spans] = history()["extensions"].get(extension, {}).get("words", {}).get(option, {})
    return spans


def builtin_spans(names: tuple[str, ...], family: str) -> Spans:
    """The releases that have one of iptables' own options, by its names with dashes."""
    options = history()["options"]
    for name in names:
        if name in options and family in options[name]:
            spans: Spans = options[name][family]
            return spans
    return []


def outside_upstream(kind: str, name: str) -> str:
    """Where a match or target that iptables itself never had comes from (`xtables-addons`); empty if unknown."""
    entry = history()["never_upstream"].get(name)
    return str(entry["where"]) if entry and entry["kind"] == kind else ""


def successor(name: str) -> str:
    """What to use instead of an extension that was removed; empty if unknown."""
    return str(history()["successors"].get(name, ""))
