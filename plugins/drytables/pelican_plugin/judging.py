"""How the sources of a build are judged: as `drytables check` judges them, by the configuration of each.

What the plugin's own settings say wins, as the command line does. The dialect is that of the Markdown which reads the
source, whatever a configuration calls it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from ..configuration.baseline import Baseline, Fingerprint, read_baseline
from ..configuration.find import Configurations, files_for
from ..configuration.settings import Settings
from ..diagnostics.codes.every import CODES
from ..diagnostics.source import Source
from ..formats.html.site import Site
from ..grammar.history.releases import NEWEST, Release
from ..reading.markup import Markup
from .findings import Findings, Judged, findings_of, judged_by

if TYPE_CHECKING:
    from ..page.report import Report  # a build that has nothing to judge loads no module that judges


def digest_of_configurations(content: str) -> str:
    """What tells whether a configuration of a site has changed, from the folder with its content."""
    texts = blake2b(digest_size=8)
    for file in files_for(Path(content).absolute()):
        with suppress(OSError):
            texts.update(f"{file}\0{file.read_text(encoding='utf-8', errors='replace')}\0".encode())
    return texts.hexdigest()


class Judging:
    """The configurations of a site. `release` is the one that the plugin's settings name, `extensions` are the names of
    those of its Markdown, and `explained_at` is where figures link to.
    """

    def __init__(self, content: str, release: Release | None, extensions: Sequence[str], explained_at: str) -> None:
        """Read the baseline of the folder with the content, if it has one; raises Unusable."""
        self.release, self.extensions, self.explained_at = release, extensions, explained_at
        self.configurations = Configurations()
        self.baseline: Baseline | None = None
        self.known: dict[str, Counter[Fingerprint]] = {}
        whole = self.configurations.of(content)
        if whole is not None and whole.baseline:
            self.baseline = read_baseline(whole.resolved(whole.baseline))
            self.known = self.baseline.by_path()

    def settings_of(self, path: str) -> Settings:
        """What holds for a source; raises Unusable."""
        configuration = self.configurations.of(path)
        settings = configuration.settings_of(path) if configuration is not None else Settings()
        return replace(settings, iptables=self.release or settings.iptables or Release(NEWEST))

    def excludes(self, path: str) -> bool:
        """Whether a source is not judged at all."""
        configuration = self.configurations.of(path)
        return configuration is not None and configuration.excludes(path)

    def site(self, path: str) -> Site:
        """What figures of a source need to know."""
        return Site(self.settings_of(path).iptables or Release(NEWEST), self.explained_at)

    def mark(self, path: str) -> Judged:
        """What the findings of a source are marked with: others were reached otherwise."""
        settings = self.settings_of(path)
        codes = (f"{code}={level}" for code, level in sorted(settings.codes.items()))
        known = (f"{each}" for each in sorted(self._known_of(path).items()))
        said = [
            f"inline={settings.inline}",
            f"advice={settings.advice}",
            f"excluded={self.excludes(path)}",
            *codes,
            *known,
        ]
        return judged_by(settings.iptables or Release(NEWEST), [*self.extensions, *said])

    def report(self, source: Source, path: str, markup: Markup) -> Report:
        """All that is known of a text, for its figures, reported or not; of advice, what is not switched off."""
        from ..page.check import check
        from ..page.levels import with_levels
        from ..page.report import Report

        if self.excludes(path):
            return Report(source)
        settings = self.settings_of(path)
        advises = settings.advice is not False
        found = check(source, settings.iptables, markup, inline=settings.inline or "note", advises=advises)
        return with_levels(found, {code: level for code, level in settings.codes.items() if CODES[code].on == "advice"})

    def findings(self, report: Report, path: str) -> Findings:
        """The findings that the configuration wants reported: with advice if asked for, and without known faults."""
        from ..page.advised import without_advice
        from ..page.known import without_known
        from ..page.levels import with_levels

        settings = self.settings_of(path)
        asked = report if settings.advice else without_advice(report)
        told = without_known(with_levels(asked, settings.codes), self._known_of(path))
        return findings_of(told, self.mark(path))

    def _known_of(self, path: str) -> Counter[Fingerprint]:
        if self.baseline is None:
            return Counter()
        return self.known.get(self.baseline.path_of(path), Counter())
