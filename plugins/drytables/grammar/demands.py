"""What a match or target demands of the options that it is used with, and a use of it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from .extension import CheckFailure, Extension, Option
from .rule import Unknown, Use


class Unmet(NamedTuple):
    """A demand of an option that is not met: to be given (`required`), to have another one beside it (`also`), or not
    to have it (`excludes`). `since` is the first release that makes it, empty where all do.
    """

    kind: Literal["required", "also", "excludes"]
    option: Option
    other: str
    since: str


def faults(use: Use) -> Iterator[CheckFailure]:
    """What the extension's own checks find, by whatever release; one that asks for what is not known finds nothing."""
    for check in use.extension.checks:
        try:
            fault = check(use)
        except Unknown:
            continue
        if fault:
            yield fault


def unmet_demands(use: Use) -> Iterator[Unmet]:
    """What the table demands and the use lacks, by whatever release, in the order of the table."""
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
    """Whether a use has all that newer releases demand, which an older one may have gone without."""
    return not any(not fault.until for fault in faults(use)) and not any(unmet_demands(use))


@cache
def _demanding(extension: Extension) -> tuple[Option, ...]:
    """The options that ask for something: to be there, or for others to be or not to be."""
    return tuple(option for option in extension.options if option.required or option.also or option.excludes)
