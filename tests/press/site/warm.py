"""Lets a process load all that every build loads, once for all the copies that it makes of itself."""

import drytables.pelican_plugin.signals  # noqa: F401
import press.build
from docutils.core import publish_parts
from drytables.pelican_plugin.build import markdown_of
from pelican.settings import read_settings

assert press.build


def warm_up() -> None:
    """Load Pelican, drytables, and what reads Markdown and reStructuredText; but none of the site's other plugins."""
    markdown_of(read_settings("pelicanconf.py")["MARKDOWN"])
    publish_parts(":a: b\n\nWords, ``code``.\n", writer="html4css1")
