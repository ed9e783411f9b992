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
from .report.files import unread_files
from .report.ids import repeated_ids
from .report.links import dead_links
from .report.tags import tags_left_out
from .site.planned import articles_of, contents, planned
from .site.site_map import SiteMap


def severity_of_dead_links(settings: dict[str, Any]) -> Severity | None:
    """Return what DEAD_LINKS says: `error`, which it is by default, or `warning`; None to have no links checked."""
    wanted = settings.get("DEAD_LINKS", "error")
    if wanted == "warning":
        return "warning"
    return "error" if wanted else None


class Round:
    """One round of a site, whose generators have read everything. `dead` are the values of links that lead nowhere, as
    far as `found` has come.
    """

    def __init__(self, generators: list[Any]) -> None:
        """Take Pelican's generators."""
        self.generators = generators
        self.settings: dict[str, Any] = generators[0].settings
        self.dead: set[str] = set()

    def found(self) -> Iterator[Found | Trouble]:
        """Yield everything that is wrong."""
        folder = os.path.abspath(self.settings["PATH"])  # noqa: PTH100
        plan, read = [*planned(self.generators)], contents(self.generators)
        yield from tags_left_out(articles_of(self.generators))
        yield from Addresses(plan, folder).faults()
        severity = severity_of_dead_links(self.settings)
        if severity is not None:
            links = Links(SiteMap(self.generators, plan, all_further(self.generators)), folder)
            yield from dead_links(read, links, severity, self.dead)
        yield from repeated_ids(read)
        yield from unread_files(self.generators, folder)
