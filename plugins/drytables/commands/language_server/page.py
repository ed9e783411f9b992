"""A text as it was at one moment, and all that is said of it: what is worked out for one question answers the next."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property

from lsprotocol import types

from ...configuration.judged import judged
from ...configuration.settings import Settings
from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.source import Source, Span
from ...page.report import Report
from ..dialects import markup_of
from ..fix import is_repaired_by_its_edits, repair, repairable, spared
from .document import Places, split
from .findings import finding


class Page:
    """One version of a text, checked as `drytables check` would check its file."""

    def __init__(self, uri: str, name: str, version: int, places: Places, settings: Settings) -> None:
        self.uri, self.version, self.places = uri, version, places
        text = "".join(places.lines)
        self.settings = replace(settings, markdown=markup_of(name, text, settings.markdown))
        self.spared = spared(name, settings)
        self.report: Report = judged(Source(name, text), self.settings, advises=self.settings.advice is not False)
        self.findings = [finding(each, places, uri) for each in self.report.all_diagnostics()]
        self.repairable = repairable(self.report, self.spared)
        self._is_repaired: dict[Diagnostic, bool] = {}

    def edits(self, fault: Diagnostic) -> list[types.TextEdit]:
        """The edits that fix one of the `repairable` faults; none if `drytables fix` would not make them."""
        if fault not in self._is_repaired:
            self._is_repaired[fault] = is_repaired_by_its_edits(fault, self.report, self.settings)
        edits = fault.edits if self._is_repaired[fault] else ()
        return [types.TextEdit(self.places.range(each.span), each.replacement) for each in edits]

    @cached_property
    def all_edits(self) -> list[types.TextEdit]:
        """The edits that make of the text what `drytables fix` would make of it, line by line."""
        if not self.repairable:
            return []
        source = self.report.source
        after, _, _ = repair(source, self.settings, self.spared)
        old, new = split(source.text), split(after)
        matcher = SequenceMatcher(None, old, new)
        return [
            types.TextEdit(self._lines(first, last), "".join(new[start:end]))
            for tag, first, last, start, end in matcher.get_opcodes()
            if tag != "equal"
        ]

    def _lines(self, first: int, last: int) -> types.Range:
        starts = self.places.starts
        return self.places.range(Span(starts[first], starts[last]))
