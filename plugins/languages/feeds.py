"""The languages of a feed and of its entries.

A feed names the language of all its entries, or else that of the site; an Atom entry in another one names its own. Feed
readers know no direction but that of the HTML in an entry, so that says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedgenerator import Atom1Feed

from .direction import direction
from .tags import kept_form, written_form


def name_languages(feed: Any, languages: Mapping[str, str], language_of_site: str) -> None:
    """Write into a feedgenerator feed in which language it is, and each entry that is in another one.

    `languages` are those of posts, by the links of their entries.
    """
    site = kept_form(language_of_site)
    for entry in feed.items:
        entry["language"] = languages.get(entry["link"], site)
    spoken = {entry["language"] for entry in feed.items}
    own = spoken.pop() if len(spoken) == 1 else site
    feed.feed["language"] = written_form(own)
    if isinstance(feed, Atom1Feed):
        feed.item_attributes = lambda entry: (
            {} if entry["language"] == own else {"xml:lang": written_form(entry["language"])}
        )


def turned(html: str, language: str) -> str:
    """Return the HTML of an entry so that it runs as its language does."""
    return f'<div dir="rtl">{html}</div>' if html and direction(language) == "rtl" else html
