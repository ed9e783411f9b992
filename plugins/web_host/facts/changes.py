"""When the pages of a site changed what they show, as far as its sources say.

The time of a file says nothing about that: it is the time of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import accumulate
from typing import Any

from proofreader.site.planned import contents, lists_of_posts, pages_of_list

#: Direct templates that show posts; what others show is not known.
_LISTS = frozenset({"index", "archives", "tags", "categories", "authors", "series_list"})
_OF_ONE_THING = frozenset({"tag", "category", "author", "series", "period_archives"})


def changed(generators: list[Any]) -> dict[str, datetime]:
    """When each page last changed, by the name of its file; without those of which nothing is known."""
    settings = generators[0].settings
    known = {each.save_as: when for each in contents(generators) if (when := _last(each)) is not None}
    shown = {*_LISTS, *_OF_ONE_THING, *settings["PAGINATED_TEMPLATES"]}
    for each in lists_of_posts(generators):
        if each.template in shown:
            known.update(_of_list(pages_of_list(each, settings)))
    return known


def _of_list(pages: Iterable[tuple[str, list[Any]]]) -> Iterator[tuple[str, datetime]]:
    """When each page of a list changed: with a post on it, or with a newer one, which has moved the others on."""
    filled = [(name, posts) for name, posts in pages if posts]
    newest = accumulate((max(post.date for post in posts) for _, posts in filled), max)
    for (name, posts), moved in zip(filled, newest, strict=True):
        yield name, max(moved, *filter(None, map(_last, posts)))


def _last(content: Any) -> datetime | None:
    """When a post or page last changed: as it says, and not before it was there."""
    said = [when for name in ("date", "modified") if (when := getattr(content, name, None)) is not None]
    return max(said, default=None)
