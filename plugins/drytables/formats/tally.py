"""How many commands were checked, and with what result; also as one line for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..page.report import Report  # a build that has nothing to judge loads no module that judges

#: How many commands there are of each kind, by the words that `summary` uses for them.
Tally = Counter[str]
_SORTS = {"open": "checked in part", "unchecked": "marked unchecked"}


def tally(report: Report) -> Tally:
    """How many commands of a report were checked, and with what result."""
    counted = Tally()
    for checked in report.commands():
        counted["checked"] += checked.status != "unchecked"
        if checked.status == "refused":
            is_meant = all(each.severity != "error" for each in checked.diagnostics)
            counted["refused as marked" if is_meant else "refused"] += 1
        elif checked.status in _SORTS:
            counted[_SORTS[checked.status]] += 1
    return counted


def summary(counted: Tally) -> str:
    """One line: how many commands were checked and refused, and how many of another kind there are."""
    total = counted["checked"]
    parts = [f"{total} iptables {'command' if total == 1 else 'commands'} checked", f"{counted['refused']} refused"]
    sorts = ("refused as marked", *_SORTS.values())
    return ", ".join([*parts, *(f"{counted[sort]} {sort}" for sort in sorts if counted[sort])])
