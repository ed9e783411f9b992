"""What became of an address that was tried."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Outcome(Enum):
    """What is known of an address."""

    GOOD = "good"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNTRIED = "untried"


class Answer(NamedTuple):
    """`reason` are a few words on it for whoever has to decide, such as `404 Not Found`; `moved_to` is the new address
    of what has moved for good; `ids` are the places on the page, or None if nobody looked or could.
    """

    outcome: Outcome
    reason: str = ""
    moved_to: str = ""
    ids: frozenset[str] | None = None
