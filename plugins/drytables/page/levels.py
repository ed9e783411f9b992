"""How much a fault counts in some repository: as an error, as a warning, or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics.diagnostic import Diagnostic, Level
from .report import Report
from .sifting import sifted


def with_levels(report: Report, levels: Mapping[str, Level]) -> Report:
    """A report whose findings count as much as `levels` says for their codes; others count as they did.

    What is only a note stays one, unless its code is off.
    """
    return sifted(report, lambda each: _leveled(each, levels), "switched off") if levels else report


def _leveled(diagnostic: Diagnostic, levels: Mapping[str, Level]) -> Diagnostic | None:
    level = levels.get(diagnostic.code)
    if level == "off":
        return None
    if level is None or diagnostic.severity in (level, "note"):
        return diagnostic
    return diagnostic._replace(severity=level)
