"""The check of one round: all that is wrong between the sources of a site and what it will have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Severity
from drytables.pelican_plugin.further_checks import Found, Trouble

from .checks.links import Links
from .further_addresses import all_further
from .report.addresses import Addresses
from .report.files import missing_files, unread_files
from .report.ids import repeated_ids
from .report.links import dead_links
from .report.pictures import wordless_pictures
from .site.planned import contents, planned
from .site.site_map import SiteMap


def severity_of_dead_links(settings: dict[str, Any]) -> Severity | None:
    """Return what DEAD_LINKS says: `error`, which it is by default, or `warning`; None to have no links checked."""
    wanted = settings.get("DEAD_LINKS", "error")
    if wanted == "warning":
        return "warning"
    return "error" if wanted else None


class Round:
    """One round of a site, whose generators have read everything. Once all that is `found` has been asked for, `dead`
    are the values of links that lead nowhere, and `links` what they were judged by, or None if none was.
    """

    def __init__(self, generators: list[Any]) -> None:
        """Take Pelican's generators."""
        self.generators = generators
        self.settings: dict[str, Any] = generators[0].settings
        self.dead: set[str] = set()
        self.links: Links | None = None

    def found(self) -> Iterator[Found | Trouble]:
        """Yield everything that is wrong."""
        folder = os.path.abspath(self.settings["PATH"])  # noqa: PTH100
        plan, read = [*planned(self.generators)], contents(self.generators)
        yield from Addresses(plan, folder).faults()
        severity = severity_of_dead_links(self.settings)
        if severity is not None:
            self.links = Links(SiteMap(self.generators, plan, all_further(self.generators)), folder)
            yield from dead_links(read, self.links, severity, self.dead)
        yield from repeated_ids(read)
        yield from wordless_pictures(read)
        yield from unread_files(self.generators, folder)
        yield from missing_files(self.settings, folder)
