"""Where this plugin connects to Pelican."""

from __future__ import annotations

import time
from functools import partial

from finishing import finish_with
from pelican import Pelican, signals
from proofreader.further_addresses import further_addresses
from site_settings import complete

from .files import robots, sitemap
from .publishing import publish


def begin(pelican: Pelican) -> None:
    """Have the files written when all pages are."""
    complete(pelican.settings)  # whether the site is published depends on it, and this plugin may come first in PLUGINS
    finish_with("web_host", partial(publish, began=time.time()), pelican)


def files(_generators: list[object]) -> list[str]:
    """The files that links may lead to, in a preview as well, which does not have them."""
    return [sitemap.NAME, robots.NAME]


def connect() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(begin)
    further_addresses.connect(files)
