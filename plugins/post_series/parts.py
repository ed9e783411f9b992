"""The series of a site's posts, once all of them are read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from taxonomy.posts import Names

from .header import FACT
from .series import Part, Series

#: A series, and its parts in order.
Parts = tuple[Series, list[Any]]


def find_series(generator: Any) -> None:
    """Give Pelican's ArticlesGenerator, and its context, the `series_list` of its published posts, sorted by name, with
    that in the language of the site first, and its templates `parts_of(article)`: the places that a post has in series.
    """
    by_language: dict[str, list[Any]] = defaultdict(list)
    for post in chain(generator.articles, generator.translations):
        if FACT in post.metadata:
            by_language[post.lang].append(post)
    found = [each for language, posts in by_language.items() for each in _series_in(language, posts, generator)]
    usual = generator.settings["DEFAULT_LANG"].lower()
    found.sort(key=lambda each: (each[0].name, each[0].lang != usual, each[0].lang))
    generator.series_list = generator.context["series_list"] = found
    places: dict[str, list[tuple[Series, list[Any], int]]] = defaultdict(list)
    for series, posts in found:
        for place, post in enumerate(posts):
            places[post.source_path].append((series, posts, place))
    generator.env.globals["parts_of"] = lambda post: [_part(*each) for each in places.get(post.source_path, ())]


def _series_in(language: str, posts: Iterable[Any], generator: Any) -> Iterator[Parts]:
    """The series in one language."""
    names = Names("series")
    by_name: dict[str, tuple[Series, list[Any]]] = {}
    for post in posts:
        for name in post.in_series.names:
            if name not in by_name:
                by_name[name] = Series(name, generator.settings, language), []
            series, parts = by_name[name]
            parts.append(post)
            names.add(series, post)
    meant = names.meant(generator.settings)
    generator.spelling_variants = [*getattr(generator, "spelling_variants", ()), *names.variants()]
    by_address: dict[str, tuple[Series, dict[str, Any]]] = {}
    for name, (_, parts) in by_name.items():
        # A post that names a series in two spellings is one part of it.
        _, all_parts = by_address.setdefault(meant[name].slug, (meant[name], {}))
        all_parts.update((post.source_path, post) for post in parts)
    for series, all_parts in by_address.values():
        yield series, sorted(all_parts.values(), key=_order)


def _order(post: Any) -> tuple[float, float, str]:
    """Parts without a number come after those that have one, the oldest first."""
    number = post.in_series.number
    return math.inf if number is None else number, post.date.timestamp(), post.url


def _part(series: Series, posts: list[Any], place: int) -> Part:
    """The part at a place, from 0, among the posts of a series."""
    before = posts[place - 1] if place else None
    after = posts[place + 1] if place + 1 < len(posts) else None
    return Part(series, place + 1, len(posts), before, after)
