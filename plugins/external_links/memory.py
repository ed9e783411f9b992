"""Addresses that were good recently and need not be tried again: a file in the cache of the site."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from press.atomic_write import write_atomically

from .trying.answer import Answer, Outcome
from .trying.places import has_place

#: Incremented when the meaning of the file changes.
_FORM = 1
_DAY = 86_400.0
#: Outcomes for which the page itself answered.
_KEPT = (Outcome.GOOD, Outcome.MOVED)


class Memory:
    """The answers of the last days, by their addresses."""

    def __init__(self, file: Path, days: float) -> None:
        """Read a file, which may be missing or damaged."""
        self._file = file
        self._oldest = time.time() - days * _DAY
        self._kept: dict[str, dict[str, Any]] = {
            address: kept for address, kept in _read(file).items() if self._oldest < kept["at"] <= time.time()
        }

    def answer(self, address: str, fragments: Iterable[str]) -> Answer | None:
        """Return what an address answered, if all of these places were found on its page."""
        kept = self._kept.get(address)
        if kept is None or not {*fragments} <= {*kept["places"]}:
            return None
        return Answer(Outcome(kept["outcome"]), moved_to=kept["moved_to"])

    def keep(self, address: str, fragments: Iterable[str], answer: Answer) -> None:
        """Remember an answer if it is good, and forget the one before in any case."""
        self._kept.pop(address, None)
        if answer.outcome in _KEPT:
            there = [each for each in fragments if answer.ids is None or has_place(answer.ids, each)]
            self._kept[address] = {
                "at": time.time(),
                "outcome": answer.outcome.value,
                "moved_to": answer.moved_to,
                "places": sorted(there),
            }

    def save(self) -> None:
        """Write the file, whole or not at all. Raises OSError."""
        text = json.dumps({"form": _FORM, "kept": self._kept}, indent=0, sort_keys=True)
        write_atomically(self._file, text.encode())


def _read(file: Path) -> dict[str, dict[str, Any]]:
    """The answers in a file, without those that cannot be read."""
    try:
        content = json.loads(file.read_bytes())
        if content["form"] != _FORM:
            return {}
        return {address: kept for address, kept in content["kept"].items() if _is_whole(kept)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_whole(kept: Any) -> bool:
    """Whether an entry is as `keep` writes it: an editor or a full disk may have changed it."""
    return (
        isinstance(kept, dict)
        and isinstance(kept.get("at"), int | float)
        and kept.get("outcome") in {each.value for each in _KEPT}
        and isinstance(kept.get("moved_to"), str)
        and isinstance(kept.get("places"), list)
        and all(isinstance(each, str) for each in kept["places"])
    )
