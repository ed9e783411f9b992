"""A text, judged as the settings of its file want it."""

from __future__ import annotations

from ..diagnostics.source import Source
from ..page.check import check
from ..page.levels import with_levels
from ..page.report import Report
from .settings import Settings


def judged(source: Source, settings: Settings) -> Report:
    """The report on a text for which some settings hold. If they name no dialect, it is that of Pelican's own posts."""
    markup = settings.markdown or "superfences"
    report = check(source, settings.iptables, markup, inline=settings.inline or "note")
    return with_levels(report, settings.codes)
