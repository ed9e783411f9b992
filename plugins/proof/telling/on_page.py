"""Which figure of a page shows which evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drytables.formats.html.places import names_of_figures
from drytables.formats.html.trial import Trial
from drytables.page.report import Report

from ..standing import Shown
from .html import trial, with_others


def trials_on_page(shown: Iterable[Shown], report: Report) -> Mapping[int, Trial]:
    """What the figures of a page show, by the index of the snippet in the page's report.

    All of an experiment is shown below the last snippet that was tried in it; the others lead there.
    """
    names = names_of_figures(report)
    found: dict[int, list[Trial]] = {}
    for each in shown:
        *others, last = each.snippets
        found.setdefault(last, []).append(trial(each.evidence))
        for index in others:
            found.setdefault(index, []).append(with_others(each.evidence, names.get(last, "")))
    return {index: _together(trials) for index, trials in found.items()}


def _together(trials: list[Trial]) -> Trial:
    """Several trials of one snippet as one; a drawing has the numbers of one of them only."""
    return Trial("".join(each.html for each in trials), next((each.counts for each in trials if each.counts), {}))
