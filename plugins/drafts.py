"""Drafts with as few headers as possible: a Pelican plugin that lets `Status: draft` do without `Category:`.

Pelican asks every draft for its category, and assigns none if categories have no pages (`CATEGORY_SAVE_AS = ""`), so a
draft would end the build (observed with 4.12). A draft needs no date either: Pelican then dates it to the end of time,
and the theme leaves the date out.
"""

from typing import Any

from pelican import signals
from pelican.urlwrappers import Category


def give_category(generator: Any) -> None:
    """Give each draft that names no category the site's default one. `generator` is Pelican's ArticlesGenerator."""
    default = Category(generator.settings["DEFAULT_CATEGORY"], generator.settings)
    for draft in (*generator.drafts, *generator.drafts_translations):
        if not hasattr(draft, "category"):
            draft.category = default


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.article_generator_pretaxonomy.connect(give_category)
