"""A text, judged as the settings of its file want it."""

from __future__ import annotations

from ..diagnostics.source import Source
from ..page.check import check
from ..page.levels import with_levels
from ..page.report import Report
from .settings import Settings


def judged(source: Source, settings: Settings, *, advises: bool | None = None) -> Report:
    """The report on a text for which some settings hold. If they name no dialect, it is that of Pelican's own posts.

    `advises`: with notes on what could be better about commands that work, whatever the settings say.
    """
    markup = settings.markdown or "superfences"
    advises = bool(settings.advice) if advises is None else advises
    report = check(source, settings.iptables, markup, inline=settings.inline or "note", advises=advises)
    return with_levels(report, settings.codes)
