"""The pages are checked when all of them are written and nothing changes any more, and before they are published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Severity
from drytables.pelican_plugin.showing import show
from site_settings import complete, is_published

from .checks.built_pages import look_at
from .facts.targets import site_of
from .further_addresses import all_further
from .report.pages import Pages
from .round import Round, severity_of_dead_links
from .site.answering import elsewhere
from .site.planned import contents


def check(pelican: Any, of: Round) -> None:
    """Show what is wrong with the pages. Raises SystemExit if that must fail the build."""
    settings, site = pelican.settings, site_of(pelican.settings)
    complete(settings)
    # Other plugins write some files only when the site is published, and feeds name addresses that are whole only then.
    is_final = is_published(settings)
    further = [] if is_final else [*all_further(of.generators)]
    kept = Path(settings["CACHE_PATH"], "proofreader", "published" if is_final else "previewed")
    # The press knows of most pages that nobody has changed them.
    digests: dict[str, bytes] = getattr(pelican, "digests", dict)()
    built = look_at(pelican.output_path, site, further, elsewhere(settings), kept, digests, is_published=is_final)
    templates = [str(each) for each in of.generators[0]._templates_path]
    pages = Pages(of.generators[0].context, site, contents(of.generators), templates, of.links, of.dead)
    severity = severity_of_dead_links(settings)
    if show(pages.faults(built, severity, _severity_of_dead_places(settings, severity))):
        print("the site was not built", file=sys.stderr)
        raise SystemExit(1)


def _severity_of_dead_places(settings: dict[str, Any], of_links: Severity | None) -> Severity | None:
    """How grave it is that a page does not have a place that a template leads to: a theme in the making may be built,
    and not be published.
    """
    return of_links if of_links is None or is_published(settings) else "warning"
