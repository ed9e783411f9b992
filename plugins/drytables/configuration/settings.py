"""What a configuration says, and which parts of it apply to one file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..diagnostics.diagnostic import Level, Severity
from ..diagnostics.source import Source
from ..grammar.history.releases import Release
from ..reading.markdown.dialect import Dialect
from ..reading.markup import Markup
from .patterns import Patterns
from .toml_places import Way


@dataclass(frozen=True, slots=True)
class Override:
    """What holds for the files that some patterns match, or, without patterns, for every file.

    What is None is left to what holds otherwise. `way` leads to its table in the file.
    """

    way: Way
    paths: Patterns | None = None
    iptables: Release | None = None
    markdown: Dialect | None = None
    inline: Severity | None = None
    advice: bool | None = None
    codes: Mapping[str, Level] = field(default_factory=dict)

    def holds_for(self, file: str) -> bool:
        """Whether it says something of a file."""
        return self.paths is None or self.paths.match(file)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one file: the release and the dialect are None where nobody said which, so that the file's own
    text tells. `inline` is the severity of a fault in a command within a sentence: a note by default. `advice`: notes
    are wanted on what could be better about commands that work; None if nobody said whether.
    """

    iptables: Release | None = None
    markdown: Markup | None = None
    inline: Severity | None = None
    codes: Mapping[str, Level] = field(default_factory=dict)
    advice: bool | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """One file of settings. `folder` is what the paths in it are relative to, and `way` leads to its table.

    `paths` are those checked if the command line names none. Of `overrides` the first is what holds for every file; of
    two that say the same, the later one wins.
    """

    source: Source
    folder: str
    way: Way = ()
    paths: tuple[str, ...] = ()
    exclude: Patterns = field(default_factory=Patterns)
    baseline: str = ""
    overrides: tuple[Override, ...] = ()

    def resolved(self, path: str) -> str:
        """A path that is written in it, from where the command runs."""
        return os.path.relpath(os.path.join(self.folder, path))  # noqa: PTH118  # an absolute one may be on another drive

    def settings_of(self, file: str) -> Settings:
        """What holds for a file."""
        release, dialect, inline, advice, codes = None, None, None, None, dict[str, Level]()
        for override in self.overrides:
            if override.holds_for(file):
                release = override.iptables or release
                dialect = override.markdown or dialect
                inline = override.inline or inline
                advice = advice if override.advice is None else override.advice
                codes |= override.codes
        return Settings(release, dialect, inline, codes, advice)

    def excludes(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether a file, or a folder with all that is in it, is left out."""
        return self.exclude.match(path, is_folder=is_folder)
