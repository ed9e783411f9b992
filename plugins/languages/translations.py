"""Which posts say the same in different languages.

Pelican takes all posts with one slug for translations of one another (ARTICLE_TRANSLATION_ID). But «Links of the month»
has the same slug each month: of several posts in one language, only the one of the same day is the translation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pelican.utils import order_content


def pair_articles(generator: Any) -> None:
    """Find the translations of all articles. `generator` is Pelican's ArticlesGenerator, which has sorted them."""
    order = generator.settings["ARTICLE_ORDER_BY"]
    for listed, others in (
        ("articles", "translations"), ("hidden_articles", "hidden_translations"), ("drafts", "drafts_translations"),
    ):  # fmt: skip
        _pair_and_list(generator, listed, others, order)


def pair_pages(generator: Any) -> None:
    """Find the translations of all pages. `generator` is Pelican's PagesGenerator, which has sorted them."""
    order = generator.settings["PAGE_ORDER_BY"]
    for listed, others in (
        ("pages", "translations"), ("hidden_pages", "hidden_translations"), ("draft_pages", "draft_translations"),
    ):  # fmt: skip
        _pair_and_list(generator, listed, others, order)
    generator.context["pages"] = generator.pages


def _pair_and_list(generator: Any, listed: str, others: str, order: Any) -> None:
    """Pair what is in two lists of a generator's. What Pelican took for a translation wrongly is put into the first."""
    originals, translations = getattr(generator, listed), getattr(generator, others)
    pair([*originals, *translations])
    are_listed = {id(each) for each in originals}
    kept = [each for each in translations if any(id(version) in are_listed for version in each.translations)]
    if len(kept) < len(translations):
        are_kept = {id(each) for each in kept}
        lost = [each for each in translations if id(each) not in are_kept]
        setattr(generator, others, kept)
        setattr(generator, listed, order_content([*originals, *lost], order))


def pair(contents: Iterable[Any]) -> None:
    """Give each post its `versions`, itself and its translations by language, or none if it is alone; and correct its
    `translations`, which are the others.
    """
    for each in contents:
        group = [each, *each.translations]
        each.versions = _versions(each, group) if len(group) > 1 else []
    for each in contents:
        each.translations = [version for version in each.versions if version is not each]


def _versions(content: Any, group: list[Any]) -> list[Any]:
    """One post for each language, sorted by language, of a group that has the same slug; none if it is alone."""
    by_language: dict[str, list[Any]] = defaultdict(list)
    for each in group:
        by_language[each.lang].append(each)
    is_alone_in_language = len(by_language[content.lang]) == 1
    found = {content.lang: content}
    for language, posts in by_language.items():
        if language != content.lang:
            same = (
                posts
                if len(posts) == 1 and is_alone_in_language
                else [each for each in posts if _day(each) == _day(content)]
            )
            if len(same) == 1:
                found[language] = same[0]
    return [found[language] for language in sorted(found)] if len(found) > 1 else []


def _day(content: Any) -> Any:
    when = getattr(content, "date", None)
    return when.date() if when else None


def original_of(content: Any) -> Any:
    """Return the version of a post that is for those who read none of its languages: the one in the language of the
    site, or else one that is not written down as a translation.
    """
    return min(content.versions, key=lambda each: (not each.in_default_lang, _is_translation(each)))


def _is_translation(content: Any) -> bool:
    return str(content.metadata.get("translation", "false")).lower() != "false"


def list_under_own_tags(generator: Any) -> None:
    """List each translation under those of its tags, categories and authors that its original does not have: they would
    have a page without it, or none. `generator` is Pelican's ArticlesGenerator, which has put the originals together.
    """
    lists = {"tags": generator.tags, "categories": dict(generator.categories), "authors": dict(generator.authors)}
    are_listed = {id(each) for each in generator.articles}
    longer: dict[int, list[Any]] = {}
    for post in generator.translations:
        originals = [version for version in post.versions if id(version) in are_listed]
        for kind, by_name in lists.items():
            known = {name for each in originals for name in _names(each, kind)}
            for name in _names(post, kind):
                if name not in known:
                    posts = by_name.setdefault(name, [])
                    posts.append(post)
                    longer[id(posts)] = posts
    if longer:
        for posts in longer.values():
            posts[:] = order_content(posts, generator.settings["ARTICLE_ORDER_BY"])
        generator.categories = sorted(lists["categories"].items(), reverse=generator.settings["REVERSE_CATEGORY_ORDER"])
        generator.authors = sorted(lists["authors"].items())
        generator.context |= {
            "tags": [*generator.tags.items()], "categories": generator.categories, "authors": generator.authors
        }  # fmt: skip


def _names(content: Any, kind: str) -> list[Any]:
    """The tags, categories or authors of a post."""
    if kind == "categories":
        return [content.category] if hasattr(content, "category") else []
    return [*getattr(content, kind, ())]
