"""Posts about the same things: a Pelican plugin that adds `posts_like(article)` to templates.

A tag that few posts have says more about them than one that many have, so each counts as one divided by
the number of posts that have it. Of equals the newer comes first, and then the one with the first address.

RELATED_POSTS is how many are listed, 3 unless it is set; 0 lists none.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from pelican import signals

COUNT = 3
#: Of a tag with more posts than this only the newest are looked at, so that the lists of a site do not take the square
#: of its posts.
_LOOKED_AT = 250


class RelatedPosts:
    """The posts of one site by their tags. `articles` are Pelican's, all that are listed."""

    def __init__(self, articles: Iterable[Any], count: int) -> None:
        self.articles, self.count = articles, count

    @cached_property
    def _by_tag(self) -> dict[str, list[Any]]:
        """The posts that have each tag, in the order in which they are listed."""
        by_tag: dict[str, list[Any]] = defaultdict(list)
        for post in sorted(self.articles, key=_place):
            for slug in _slugs(post):
                by_tag[slug].append(post)
        return by_tag

    def of(self, post: Any) -> list[Any]:
        """The posts most related to one, best first; none if it shares no tag."""
        if self.count <= 0:
            return []
        weights: dict[int, list[float]] = defaultdict(list)
        found = {}
        for slug in _slugs(post):
            posts = self._by_tag.get(slug, [])
            weight = 1 / len(posts) if posts else 0.0
            for other in posts[:_LOOKED_AT]:
                found[id(other)] = other
                weights[id(other)].append(weight)
        for same in (post, *post.translations):
            found.pop(id(same), None)
        # The sum must not depend on the order in which a post names its tags.
        ranked = sorted(found.values(), key=lambda other: (-math.fsum(weights[id(other)]), *_place(other)))
        return ranked[: self.count]


def _slugs(post: Any) -> set[str]:
    return {tag.slug for tag in getattr(post, "tags", ()) if tag.slug}


def _place(post: Any) -> tuple[float, str]:
    """Where a post is among others: the newest first, then by its address."""
    return -post.date.timestamp(), post.url


def extend_templates(generator: Any) -> None:
    """Add the function to the templates of Pelican's ArticlesGenerator, when it has read all posts."""
    count = int(generator.settings.get("RELATED_POSTS", COUNT) or 0)
    generator.env.globals["posts_like"] = RelatedPosts(generator.articles, count).of


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.article_generator_finalized.connect(extend_templates)
