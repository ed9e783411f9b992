"""How long and how often hosts are asked, by the settings and by what was typed after `make links`."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

#: The settings that are numbers, each with its default: how many seconds a host may take for one answer, how many all
#: of it may take, how many are between two requests to one host, and for how many days a good answer is remembered.
NUMBERS = {"LINKS_TIMEOUT": 20.0, "LINKS_WITHIN": 600.0, "LINKS_PAUSE": 1.0, "LINKS_REMEMBERED": 7.0}
_BEGINNING, IGNORED = "LINKS_", "LINKS_IGNORED"


class Limits(NamedTuple):
    """Times are in seconds, `remembered` is in days; `ignored` are patterns for addresses, in which `*` is anything."""

    timeout: float
    within: float
    pause: float
    remembered: float
    ignored: tuple[str, ...]

    def ignores(self, address: str) -> bool:
        """Whether an address is not to be tried."""
        return any(address == each or fnmatch.fnmatchcase(address, each) for each in self.ignored)


class WrongLimit(Exception):
    """A setting that cannot be used; the message says which, and what it should be."""


def limits_of(settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Limits:
    """Return the limits, each as the environment says it or else the settings. Raises WrongLimit."""
    numbers = {
        name.removeprefix(_BEGINNING).lower(): _number(
            name, environment.get(name, "").strip() or settings.get(name, usual)
        )
        for name, usual in NUMBERS.items()
    }
    ignored = settings.get(IGNORED) or ()
    if not isinstance(ignored, list | tuple | set | frozenset) or not all(isinstance(each, str) for each in ignored):
        raise WrongLimit(f'{IGNORED} is {ignored!r}; it is a list of addresses, such as ["https://example.org/*"]')
    return Limits(**numbers, ignored=tuple(ignored))


def _number(name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number < float("inf"):
        raise WrongLimit(f"{name} is {value!r}; it is a number of 0 or more, such as {NUMBERS[name]:g}")
    return number
