"""The judge of a page: knows the release to judge by, and the chains that the page creates."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..diagnostics.source import Span
from ..grammar.history.releases import Release, releases
from ..grammar.history.watched_release import WatchedRelease
from ..judging.verdict import Verdict, judge
from ..reading.word import Command
from .shapes import shapes_of


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges commands as `newest` or another release does. The page creates `known_chains`: their names are not typos,
    however similar to others.

    `faultless` are the verdicts without a diagnostic, by the place of the command: they are the same whatever chains
    are known, and need not be reached again.
    """

    newest: Release
    known_chains: frozenset[str] = frozenset()
    faultless: dict[Span, Verdict] = field(default_factory=dict, compare=False, repr=False)

    def verdict(self, command: Command, release: Release | None = None) -> Verdict:
        """The verdict of a release on a command; of the newest if none is named."""
        release = release or self.newest
        known = self.faultless.get(command.span)
        if release.is_watched:
            return judge(command, release, self.known_chains)
        if known is not None and known.command is command and known.release == release:
            return known
        verdict = shapes_of(release.version).verdict(command) or judge(command, release, self.known_chains)
        if not verdict.diagnostics:
            self.faultless[command.span] = verdict
        return verdict

    def last_to_accept(self, command: Command, before: Release) -> Release | None:
        """The last release before another one that accepts a command, and means by it what is written."""
        every, index = releases(), before.index
        while index:
            watched = WatchedRelease(every[index - 1].version)
            verdict = self.verdict(command, watched)
            if verdict.status == "accepted" and not verdict.misreading:
                return every[index - 1]
            index = watched.oldest
        return None

    def first_to_refuse(self, command: Command, after: Release) -> Release | None:
        """The first release after another one, up to the newest, that refuses a command."""
        every, index = releases(), after.index
        while index < self.newest.index:
            watched = WatchedRelease(every[index + 1].version)
            if self.verdict(command, watched).status == "refused":
                return every[index + 1]
            index = watched.newest
        return None
