"""The pages are checked when all of them are written, also by plugins that write last, and before they are published.

Pelican's last signal is too early for that: plugins get it in the order of PLUGINS, and some write their files then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from drytables.pelican_plugin.showing import show
from pelican import Pelican

from .checks.built_pages import look_at
from .facts.targets import site_of
from .further_addresses import all_further
from .report.pages import Pages
from .round import Round, severity_of_dead_links
from .site.planned import contents


def check_when_built(pelican: Pelican, take_round: Callable[[], Round | None]) -> None:
    """Check the pages after each run of a Pelican, with what `take_round` returns of it.

    Pages that are written only when somebody asks for them (`is_lazy`, as in a preview) are not there to be looked at.
    """

    def run() -> None:
        type(pelican).run(pelican)
        round_of_run = take_round()
        if round_of_run is not None and not getattr(pelican, "is_lazy", False):
            check(pelican, round_of_run)

    pelican.run = run


def check(pelican: Any, of: Round) -> None:
    """Show what is wrong with the pages. Raises SystemExit if that must fail the build."""
    settings, site = pelican.settings, site_of(pelican.settings)
    templates = [str(each) for each in of.generators[0]._templates_path]
    pages = Pages(settings, site, contents(of.generators), templates, of.links, of.dead, all_further(of.generators))
    found = [*pages.faults(look_at(pelican.output_path, site), severity_of_dead_links(settings))]
    if show(found):
        print("the site was not built", file=sys.stderr)
        raise SystemExit(1)
