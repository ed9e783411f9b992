"""The baseline of a check: the known faults of each file, those that are gone, and what is written back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..configuration.baseline import Baseline, Fingerprint, read_baseline, text_of
from ..configuration.find import Configurations, Unusable
from ..configuration.settings import Configuration
from ..diagnostics.diagnostic import Diagnostic
from .files import STDIN, Content, is_excluded, write
from .jobs import Wanted


@dataclass(slots=True)
class KnownFaults:
    """A baseline while files are checked: `found` is what each of them has now, by its path."""

    baseline: Baseline
    by_path: dict[str, Counter[Fingerprint]]
    found: dict[str, Counter[Fingerprint]] = field(default_factory=dict)

    def of(self, name: str) -> Counter[Fingerprint]:
        """What is known of a file."""
        return self.by_path.get(self.baseline.path_of(name), Counter()) if name != STDIN else Counter()

    def note(self, name: str, found: Counter[Fingerprint]) -> None:
        """Take in what a file has now."""
        if name != STDIN:
            self.found[self.baseline.path_of(name)] = found

    def stale(self) -> list[Diagnostic]:
        """What is in the baseline, and no longer in the files."""
        return list(self.baseline.stale(self.found))

    def write(self, configurations: Configurations, *, is_shrunk: bool) -> str:
        """Write what was found, or only take out what is gone; returns what was done, in a line.

        What is known of files that were not checked now is kept, if they are there and not excluded. Raises Unreadable.
        """
        faults: dict[str, Counter[Fingerprint]] = {}
        for path, counts in self.by_path.items():
            file = str(Path(self.baseline.folder, path))
            if path in self.found and is_shrunk:
                faults[path] = counts & self.found[path]
            elif path not in self.found and Path(file).exists() and not is_excluded(file, configurations):
                faults[path] = counts
        if not is_shrunk:
            faults |= self.found
        name = self.baseline.source.path
        if not Path(name).exists():
            Path(name).touch()
        text = text_of(faults)
        if text != self.baseline.source.text:
            write(name, Content(text))
        before, after = (sum(each.total() for each in counts.values()) for counts in (self.by_path, faults))
        return f"{after} known {'finding' if after == 1 else 'findings'} in {name}, {before} before"


def known_faults(wanted: Wanted, configuration: Configuration | None) -> KnownFaults | None:
    """The baseline that a check is to use; None for none. Raises Unusable."""
    is_written = wanted.writes_baseline or wanted.shrinks_baseline
    name = wanted.baseline
    if name is None and not wanted.is_without_baseline and configuration is not None and configuration.baseline:
        name = configuration.resolved(configuration.baseline)
    if name is None:
        if is_written:
            raise Unusable(line="say which baseline: --baseline FILE, or `baseline` in the configuration")
        return None
    baseline = read_baseline(name, may_be_new=wanted.writes_baseline)
    return KnownFaults(baseline, baseline.by_path())
