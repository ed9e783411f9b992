"""Reads the sources of a site as a build does, with what earlier builds remember, and writes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from pelican import signals
from press.reports import errors_on_terminal
from press.site.loading import load


class Sources(NamedTuple):
    """The settings of a site, its posts and pages as they were read, drafts too, and whether all could be."""

    settings: dict[str, Any]
    contents: list[Any]
    is_whole: bool


class _AllRead(Exception):
    """Raised where Pelican would begin to write."""


def read_sources(settings_file: Path) -> Sources:
    """Read a site. What cannot be read is reported on standard error.

    Raises BuildError, SystemExit from settings that say why they stop, and whatever else plugins raise.
    """

    def stop(pelican: Any) -> NoReturn:
        raise _AllRead

    with tempfile.TemporaryDirectory() as nowhere, errors_on_terminal() as errors:
        reading = load(settings_file, Path(nowhere), is_lazy=True)
        # What is wrong with the site is for its builds to say.
        with signals.all_generators_finalized.muted(), signals.get_writer.connected_to(stop):
            try:
                reading.run()
            except _AllRead:
                errors.show_waiting()
        contents = [each for read in reading.reads for each in read.contents.values() if each is not None]
        return Sources(reading.settings, contents, not errors.count)
