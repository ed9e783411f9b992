"""The posts before and after each post: a Pelican plugin.

Every published post gets `older` and `newer`, the posts next to it in the order of the site's lists, or None at either
end. They are determined once for all posts, so that a page need not look for its own position among them.
"""

from itertools import pairwise
from typing import Any

from pelican import signals


def give_neighbours(generator: Any) -> None:
    """Set the neighbours of a site's posts. `generator` is Pelican's ArticlesGenerator, whose posts are sorted."""
    for post in generator.articles:
        post.newer = post.older = None
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.article_generator_finalized.connect(give_neighbours)
