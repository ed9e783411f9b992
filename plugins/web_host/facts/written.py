"""Which files of the output belong to the site as it is: the `pelican` command leaves those of earlier runs there."""

from __future__ import annotations

from typing import Any

from proofreader.site.planned import further_pages, planned

from .site import Site

#: In seconds: how exactly some file systems note the time.
_GRAIN = 0.05


def written_by_others(site: Site, generators: list[Any], began: float) -> set[str]:
    """The names of the files that Pelican or another plugin wrote in the run that began at that time, in seconds."""
    known = {each.name for each in planned(generators)} | {*further_pages(generators)}
    return {name for name in site.files if name in known or (site.output / name).stat().st_mtime >= began - _GRAIN}
