"""Tags that no address can be made of, such as `???`, are left out of their posts: their links would lead nowhere."""

from __future__ import annotations

from typing import Any


def leave_out(generator: Any) -> None:
    """Take them out of the posts, before lists are made of the tags, and keep them in `tags_left_out`, each after its
    post. `generator` is Pelican's of articles.
    """
    left = generator.tags_left_out = []
    for post in (
        *generator.articles, *generator.translations, *generator.hidden_articles, *generator.hidden_translations,
        *generator.drafts, *generator.drafts_translations,
    ):  # fmt: skip
        tags = getattr(post, "tags", ())
        if not all(tag.slug for tag in tags):
            left += [(post, tag.name) for tag in tags if not tag.slug]
            post.tags = post.metadata["tags"] = [tag for tag in tags if tag.slug]
