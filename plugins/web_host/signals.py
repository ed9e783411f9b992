"""Where this plugin connects to Pelican."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from finishing import finish_published_with
from pelican import Pelican, signals
from proofreader.further_addresses import further_addresses
from site_settings import complete, is_published

from .facts.written import states_before
from .files import robots, sitemap

#: The attribute of a Pelican that keeps what its output had before its run.
_BEFORE = "web_host_before"


def begin(pelican: Pelican) -> None:
    """Have the files written when all pages are, if the site is published."""
    finish_published_with("web_host", finish, pelican)


def look_at_output(pelican: Pelican) -> None:
    """Note what earlier runs have left in the output, as each run begins."""
    complete(pelican.settings)  # whether the site is published depends on it
    before = states_before(Path(pelican.output_path)) if is_published(pelican.settings) else {}
    setattr(pelican, _BEFORE, before)


def finish(pelican: Pelican, generators: list[Any]) -> None:
    """Write the files."""
    from .publishing import publish  # most builds are of `make html`, and publish nothing

    publish(pelican, generators, getattr(pelican, _BEFORE))


def files(_generators: list[object]) -> list[str]:
    """The files that links may lead to, in a preview as well, which does not have them."""
    return [sitemap.NAME, robots.NAME]


def connect() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(begin)
    signals.get_generators.connect(look_at_output)
    further_addresses.connect(files)
