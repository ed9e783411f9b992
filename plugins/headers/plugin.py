"""Where this plugin connects to Pelican."""

from __future__ import annotations

from datetime import datetime

from drytables.pelican_plugin.further_checks import closing_words, further_checks
from pelican import Pelican, readers, signals
from proofreader.further_addresses import further_addresses

from . import completeness, other_formats, publication, redirects, site_checks
from .dates import NoDate, date_of
from .markdown_extension import HeadersExtension


def begin(pelican: Pelican) -> None:
    """Have the headers of Markdown read by us, and the dates of all other sources, and of settings, as strictly."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(HeadersExtension(pelican.settings))
    readers.get_date = _strict_date


def _strict_date(text: str) -> datetime:
    """The date in a text, in the place of Pelican's function, which takes what is missing from today."""
    try:
        return date_of(text)
    except NoDate as error:
        raise ValueError(f"as a date, {error}") from None


def register() -> None:
    """Connect to Pelican's signals, and to drytables' report."""
    signals.initialized.connect(begin)
    for context in (signals.article_generator_context, signals.page_generator_context):
        context.connect(other_formats.translate_metadata)
        context.connect(completeness.require_fields)
    signals.content_object_init.connect(completeness.give_address)
    signals.content_object_init.connect(other_formats.check_fields)
    signals.article_generator_pretaxonomy.connect(publication.hold_back)
    signals.article_generator_finalized.connect(publication.note_left_out)
    signals.page_generator_finalized.connect(publication.note_left_out)
    signals.get_generators.connect(redirects.generators)
    further_checks.connect(site_checks.check)
    further_addresses.connect(redirects.files)
    closing_words.connect(publication.left_out)
