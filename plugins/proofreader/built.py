"""The pages are checked when all of them are written and nothing changes any more, and before they are published."""

from __future__ import annotations

import sys
from typing import Any

from drytables.pelican_plugin.showing import show

from .checks.built_pages import look_at
from .facts.targets import site_of
from .further_addresses import all_further
from .report.pages import Pages
from .round import Round, severity_of_dead_links
from .site.planned import contents


def check(pelican: Any, of: Round) -> None:
    """Show what is wrong with the pages. Raises SystemExit if that must fail the build."""
    settings, site = pelican.settings, site_of(pelican.settings)
    templates = [str(each) for each in of.generators[0]._templates_path]
    pages = Pages(settings, site, contents(of.generators), templates, of.links, of.dead, all_further(of.generators))
    found = [*pages.faults(look_at(pelican.output_path, site), severity_of_dead_links(settings))]
    if show(found):
        print("the site was not built", file=sys.stderr)
        raise SystemExit(1)
