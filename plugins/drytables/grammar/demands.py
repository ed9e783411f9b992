"""What a match or target demands of its options that a use of it does not meet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from .extension import CheckFailure, Extension, Option
from .rule import Unknown, Use


class Unmet(NamedTuple):
    """An unmet demand of an option: that it be given (`required`), come with another one (`also`), or come without
    it (`excludes`). `since` is the first release with the demand, empty if all have it.
    """

    kind: Literal["required", "also", "excludes"]
    option: Option
    other: str
    since: str


def faults(use: Use) -> Iterator[CheckFailure]:
    """The failures of the extension's own checks, in any release; a check that asks for an unknown value yields
    nothing.
    """
    for check in use.extension.checks:
        try:
            fault = check(use)
        except Unknown:
            continue
        if fault:
            yield fault


def unmet_demands(use: Use) -> Iterator[Unmet]:
    """The demands of the table that the use does not meet, in any release, in the order of the table."""
    for option in _demanding(use.extension):
        if not use.has(option.name):
            if option.required:
                yield Unmet("required", option, "", option.required_since)
            continue
        for other in option.also.split():
            if not use.has(other):
                yield Unmet("also", option, other, option.also_since)
        for other in option.excludes.split():
            if use.has(other):
                yield Unmet("excludes", option, other, option.excludes_since)


def is_whole(use: Use) -> bool:
    """Whether a use meets all demands of newer releases, some of which an older one may not have made."""
    return not any(not fault.until for fault in faults(use)) and not any(unmet_demands(use))


@cache
def _demanding(extension: Extension) -> tuple[Option, ...]:
    """The options with demands: to be given, or for others to be given or not."""
    return tuple(option for option in extension.options if option.required or option.also or option.excludes)
