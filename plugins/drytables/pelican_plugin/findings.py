"""What is kept of a source once it was judged: enough for the report of a build, and little enough to be remembered.

A post carries its findings, as the attribute `drytables`, wherever it goes: into Pelican's cache, or from one process
to another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from .. import __version__
from ..diagnostics.diagnostic import Diagnostic, in_order
from ..formats.tally import Tally, tally
from ..grammar.history.releases import Release
from ..reading.control_characters import control_characters

if TYPE_CHECKING:
    from ..page.report import Report  # a build that has nothing to judge loads no module that judges

#: By whom a source was judged, for which release, and read by a Markdown with which extensions.
Judged = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about a source. `text` is the source's own, but only where there is a diagnostic to show."""

    judged: Judged
    tally: Tally
    diagnostics: tuple[Diagnostic, ...] = ()
    text: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the build must fail because of it."""
        return any(each.severity == "error" for each in self.diagnostics)

    def with_diagnostic(self, diagnostic: Diagnostic, text: str) -> Findings:
        """The findings with one more diagnostic, of a source with this text."""
        return replace(self, diagnostics=in_order((*self.diagnostics, diagnostic)), text=text)


def judged_by(release: Release, extensions: list[str]) -> Judged:
    """What the findings of a build are marked with; `extensions` are the names of those of the site's Markdown."""
    # A digest, as every post carries it.
    return __version__, str(release), blake2b("\n".join(extensions).encode(), digest_size=8).hexdigest()


def findings_of(report: Report, judged: Judged) -> Findings:
    """What is kept of a report."""
    unpublishable = control_characters(report.source)
    if unpublishable is not None:
        report = report.with_diagnostic(unpublishable)
    diagnostics = tuple(report.all_diagnostics())
    return Findings(judged, tally(report), diagnostics, report.source.text if diagnostics else "")
