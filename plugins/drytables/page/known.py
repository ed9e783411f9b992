"""Faults that were there before: known by their code and the text of their command, and not by their line, so that they
stay the same when something is written above them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from ..diagnostics.diagnostic import Diagnostic
from .report import Report
from .sifting import sifted

#: What a fault is known by: its code, and the text of its command, or of its line if it is in none.
Fingerprint = tuple[str, str]


class _Fingerprints:
    """The fingerprints of what is found in a text."""

    def __init__(self, report: Report) -> None:
        self.source = report.source
        self.commands = sorted(checked.command.span for checked in report.commands())

    def of(self, diagnostic: Diagnostic) -> Fingerprint:
        at = diagnostic.span.start
        before = bisect_right(self.commands, (at, len(self.source.text) + 1)) - 1
        if before >= 0 and at <= self.commands[before].end:
            text = self.source.slice(self.commands[before])
        else:
            text = self.source.line(self.source.position(at)[0])
        # How it is indented, and where it goes on in the next line, makes no other fault of it.
        return str(diagnostic.code), " ".join(text.replace("\\\n", " ").split())


def fingerprints(report: Report) -> Counter[Fingerprint]:
    """What is found in a text, and how many times."""
    known = _Fingerprints(report)
    return Counter(known.of(each) for each in report.all_diagnostics())


def without_known(report: Report, known: Mapping[Fingerprint, int]) -> Report:
    """A report of what is new: of each known fault as many as are known are left out, the first ones of the text."""
    if not known:
        return report
    found, left = _Fingerprints(report), Counter(known)

    def new(diagnostic: Diagnostic) -> Diagnostic | None:
        fingerprint = found.of(diagnostic)
        if left[fingerprint] > 0:
            left[fingerprint] -= 1
            return None
        count = known.get(fingerprint, 0)
        if not count:
            return diagnostic
        is_one = "one more like it is" if count == 1 else f"{count} more like it are"
        return diagnostic._replace(notes=(*diagnostic.notes, f"{is_one} known from before, and not shown"))

    return sifted(report, new, "known")
