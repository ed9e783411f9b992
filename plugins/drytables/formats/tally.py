"""How many commands were checked, and with what result; also as one line for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..page.report import Report  # a build that has nothing to judge loads no module that judges

#: How many commands there are of each kind, by the words that `summary` uses for them.
Tally = Counter[str]
_SORTS = {"open": "checked in part", "unchecked": "marked unchecked"}
#: The words for findings that are not reported.
_UNTOLD = {"known": "known from before", "switched off": "switched off", "ignored": "ignored by a comment"}


def tally(report: Report) -> Tally:
    """How many commands of a report were checked, and with what result."""
    counted = Tally()
    for checked in report.commands():
        counted["checked"] += checked.status != "unchecked"
        if checked.status == "refused":
            is_meant = checked.expected is not None
            is_told = any(each.severity == "error" for each in checked.diagnostics)
            counted["refused" if is_told else "refused as marked" if is_meant else "refused but let pass"] += 1
        elif checked.status in _SORTS:
            counted[_SORTS[checked.status]] += 1
    counted["inline"] += len(report.inline)
    counted["inline refused"] += sum(checked.status == "refused" for checked in report.inline)
    counted.update(why for why, _ in report.untold)
    return counted


def summary(counted: Tally) -> str:
    """One line: how many commands were checked and refused, how many of another kind there are, and how many in inline
    code.
    """
    total = counted["checked"]
    parts = [f"{total} iptables {'command' if total == 1 else 'commands'} checked", f"{counted['refused']} refused"]
    sorts = ("refused as marked", "refused but let pass", *_SORTS.values())
    shown = ", ".join([*parts, *(f"{counted[sort]} {sort}" for sort in sorts if counted[sort])])
    if counted["inline"]:
        shown += f"; {counted['inline']} more in inline code, {counted['inline refused']} of them refused"
    untold = [f"{counted[why]} {words}" for why, words in _UNTOLD.items() if counted[why]]
    if not untold:
        return shown
    left = sum(counted[why] for why in _UNTOLD)
    return f"{shown}; {left} {'finding' if left == 1 else 'findings'} left out: {', '.join(untold)}"
