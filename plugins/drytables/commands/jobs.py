"""What a command is to do: which files it works on, and what holds for each of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..configuration.find import Configurations, Unusable
from ..configuration.settings import Configuration, Settings
from ..diagnostics.diagnostic import Severity
from ..grammar.history.releases import Release
from ..reading.markdown.dialect import Dialect
from .changed import changed_since
from .files import STDIN, Unreadable, page_files


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says: the files and folders, and what wins over every configuration.

    `configuration` is the file to be used for all, `is_isolated` says that none is, and `excludes_named` that a file is
    left out if it is excluded, even if it is named. With `changed`, a commit, only what changed since then is checked.
    `baseline` is the file of known faults, to be read, written, or shrunk; `is_without_baseline`: there is none.
    `advises`: whether notes are wanted on what could be better about commands that work; None leaves it to those.
    """

    names: Sequence[str] = ()
    release: Release | None = None
    dialect: Dialect | None = None
    inline: Severity | None = None
    configuration: str | None = None
    is_isolated: bool = False
    excludes_named: bool = False
    changed: str | None = None
    baseline: str | None = None
    is_without_baseline: bool = False
    writes_baseline: bool = False
    shrinks_baseline: bool = False
    advises: bool | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One file, and what holds for it.

    `known` are the faults that it is known to have, by their fingerprints, and `before` is its text in a commit, the
    faults of which are known as well. `is_counted`: the fingerprints of all its faults are wanted.
    """

    name: str
    settings: Settings
    known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    before: bytes | None = None
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Jobs:
    """The files to work on, what is wrong with others, and the configuration of the command as a whole."""

    jobs: tuple[Job, ...]
    troubles: tuple[str, ...]
    configurations: Configurations
    configuration: Configuration | None


def jobs_of(wanted: Wanted) -> Jobs:
    """What is to be done; raises Unusable for a configuration with faults.

    The configuration as a whole is that of the folder where the command runs: it names files, if the command line names
    none. Each file has the one that is nearest to it.
    """
    configurations = configurations_of(wanted)
    whole = configurations.of(".")
    # What the command line names is wanted even if it is excluded; what the configuration names is not.
    excludes_named = wanted.excludes_named or not wanted.names
    names = wanted.names or _paths(whole, wanted)
    files = list(page_files(names, configurations, excludes_named=excludes_named))
    jobs = [Job(each, settings_of(each, configurations, wanted)) for each in files if isinstance(each, str)]
    troubles = [str(each) for each in files if isinstance(each, Unreadable)]
    if wanted.changed is not None:
        jobs = _changed(jobs, changed_since(wanted.changed, names))
    return Jobs(tuple(jobs), tuple(troubles), configurations, whole)


def configurations_of(wanted: Wanted) -> Configurations:
    """The configurations that a command is to use."""
    return Configurations(only=wanted.configuration, is_off=wanted.is_isolated)


def settings_of(name: str, configurations: Configurations, wanted: Wanted) -> Settings:
    """What holds for a file, by its configuration and the command line."""
    configuration = configurations.of("." if name == STDIN else name)
    settings = configuration.settings_of(name) if configuration is not None else Settings()
    return replace(
        settings,
        iptables=wanted.release or settings.iptables,
        markdown=wanted.dialect or settings.markdown,
        inline=wanted.inline or settings.inline,
        advice=settings.advice if wanted.advises is None else wanted.advises,
    )


def _changed(jobs: list[Job], before: Mapping[str, bytes | None]) -> list[Job]:
    """The jobs whose files changed, with what these were before."""
    real = {job.name: os.path.realpath(job.name) for job in jobs}
    return [replace(job, before=before[real[job.name]]) for job in jobs if real[job.name] in before]


def _paths(configuration: Configuration | None, wanted: Wanted) -> Sequence[str]:
    """The files and folders to work on if none is named; raises Unusable if there are none."""
    if configuration is None or not configuration.paths:
        if wanted.changed is not None:
            return ["."]
        raise Unusable(line="name a file or a folder, or set `paths` in .drytables.toml or in [tool.drytables]")
    return [configuration.resolved(path) for path in configuration.paths]
