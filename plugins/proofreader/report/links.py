"""Links that lead nowhere, each at its place: in a source, or in the setting that puts it onto pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label, Severity
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found, text_of
from header_place import end_of_header, first_line

from ..checks.links import Complaint, Links
from ..facts.references import Facts, Reference
from ..places.in_settings import place_in_settings
from ..places.in_source import LinksInSource


def dead_links(contents: Iterable[Any], links: Links, severity: Severity, dead: set[str]) -> Iterator[Found]:
    """Yield the links of posts and pages that lead nowhere, and add their values to `dead`."""
    strange: dict[str, tuple[str, Complaint]] = {}
    for content in contents:
        facts: Facts | None = getattr(content, "proofread", None)
        if facts is None or not (complaints := links.complaints(content, facts)):
            continue
        path = str(content.source_path)
        text = text_of(path)
        places = LinksInSource(text, end_of_header(text))
        told: set[tuple[str, Span]] = set()  # the address of a reference link stands in one place for all its links
        for reference, complaint, number in _numbered(facts, complaints):
            dead.add(reference.value)
            span = places.place(reference.value, number, bool(reference.field))
            if span is None:
                # A plugin may have taken away again what it had put there.
                if escape(reference.value) in (content._content or ""):
                    strange.setdefault(reference.value, (path, complaint))
            elif (reference.value, span) not in told:
                told.add((reference.value, span))
                yield Found(path, text, _diagnostic(complaint, Label(span, complaint.label), severity))
    for value, (path, complaint) in strange.items():
        yield _of_no_source(value, path, complaint, links.map.settings, severity)


def _numbered(
    facts: Facts, complaints: Iterable[tuple[Reference, Complaint]]
) -> Iterator[tuple[Reference, Complaint, int]]:
    """Complaints with how many references of the same value come before each."""
    before: Counter[tuple[str, str]] = Counter()
    complaint_of = {id(reference): complaint for reference, complaint in complaints}
    for reference in facts.references:
        key = reference.value, reference.field
        if id(reference) in complaint_of:
            yield reference, complaint_of[id(reference)], before[key]
        before[key] += 1


def _of_no_source(value: str, path: str, complaint: Complaint, settings: dict[str, Any], severity: Severity) -> Found:
    """A link that the source of a page does not have; it is reported once, whatever the number of pages."""
    place = place_in_settings(value, settings)
    if place is not None:
        path, text, span, setting = place
        label = Label(span, complaint.label)
        return Found(path, text, _diagnostic(complaint, label, severity, f"{setting} puts it onto pages"))
    text = text_of(path)
    note = "the text does not contain this address: a plugin or an extension has made it"
    return Found(path, text, _diagnostic(complaint, Label(first_line(text), complaint.label), severity, note))


def _diagnostic(complaint: Complaint, label: Label, severity: Severity, *notes: str) -> Diagnostic:
    return Diagnostic(complaint.code, complaint.message, label, notes=notes, help=complaint.help, severity=severity)
