"""The posts before and after each post: a Pelican plugin.

Every published post gets `older` and `newer`, the posts beside it in the order of the site's lists, or None at either
end. They are found once for all posts, so that a page need not look for its own place among them.
"""

from itertools import pairwise
from typing import Any

from pelican import signals


def give_neighbours(generator: Any) -> None:
    """Give the posts of a site their neighbours. `generator` is Pelican's ArticlesGenerator, whose posts are sorted."""
    for post in generator.articles:
        post.newer = post.older = None
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.article_generator_finalized.connect(give_neighbours)
