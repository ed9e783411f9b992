"""What is not published, or not yet, and what is in no list: drafts, posts of the future, hidden posts.

A post whose date is still to come is a draft until then; PUBLISH_FUTURE = True publishes it at once. That is decided in
each round of a build, and nothing of it is kept with the post. A draft has a page for those who write, with a mark and
kept from search engines, unless DRAFT_PAGES = False, as for `make publish`. Then nothing of it is written, nor any
picture that only it shows; and what is left out is in the context, as LEFT_OUT, for whoever finds a link to it.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from pelican.generators import ArticlesGenerator
from pelican.urlwrappers import Category
from pelican.utils import order_content

#: In the context, for the press: when the site will be another although no file changes, as a POSIX timestamp.
_CHANGES_AT = "changes_at"
#: What is left out of a site, by the path of its source below the content.
LEFT_OUT = "left_out"
#: The lists of Pelican's generators that hold posts or pages of one kind, each with that of their translations.
_OF_POSTS = (
    ("articles", "translations"),
    ("hidden_articles", "hidden_translations"),
    ("drafts", "drafts_translations"),
)
_OF_PAGES = (("pages", "translations"), ("hidden_pages", "hidden_translations"), ("draft_pages", "draft_translations"))


class LeftOut(NamedTuple):
    """How many posts and pages are in no list: drafts, hidden ones, and when the others are due."""

    drafts: int = 0
    hidden: int = 0
    due: tuple[datetime, ...] = ()


#: Of the round that is going on, by the kind of generator.
_left_out: dict[str, LeftOut] = {}


def now() -> datetime:
    """The time of the build, or what the environment says it is (SOURCE_DATE_EPOCH, as in reproducible builds)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)


def due_date(post: Any) -> datetime:
    """When a post is to be published: its date, or that of Hugo's `publishDate`."""
    date: datetime = post.date
    other = getattr(post, "waits_until", "")
    if not other:
        return date
    until = datetime.fromisoformat(other)
    return max(date, until if until.tzinfo else until.replace(tzinfo=date.tzinfo))


def hold_back(generator: ArticlesGenerator) -> None:
    """Make drafts of the posts that are not due yet, before Pelican sorts the others into lists by tag and the like."""
    if not generator.settings.get("PUBLISH_FUTURE", False):
        _hold_back_until(now(), generator)
    _give_categories(generator)


def _hold_back_until(moment: datetime, generator: ArticlesGenerator) -> None:
    held: set[int] = set()
    dates: list[datetime] = []
    for listed, others in _OF_POSTS[:2]:
        for post in (*getattr(generator, listed), *getattr(generator, others)):
            if due_date(post) > moment:
                post.due, post.status = due_date(post), "draft"
                generator.drafts.append(post)
                held.add(id(post))
                dates.append(post.due)
    if dates and "SOURCE_DATE_EPOCH" not in os.environ:
        generator.context[_CHANGES_AT] = min(dates).timestamp()
    if held:
        for listed, others in _OF_POSTS[:2]:
            _take_out(held, generator, listed, others)
        for post in generator.drafts:
            _forget_versions(held, post)
        generator.drafts = order_content(generator.drafts, generator.settings["ARTICLE_ORDER_BY"])


def _take_out(held: set[int], generator: ArticlesGenerator, listed: str, others: str) -> None:
    """Take posts out of a list and that of their translations. Without its original, a translation is one."""
    originals = [post for post in getattr(generator, listed) if id(post) not in held]
    are_listed = {id(post) for post in originals}
    translations = []
    for post in (*originals, *getattr(generator, others)):
        _forget_versions(held, post)
    for post in sorted(getattr(generator, others), key=lambda post: str(post.source_path)):
        if id(post) not in held:
            if any(id(version) in are_listed for version in post.translations):
                translations.append(post)
            else:
                originals.append(post)
                are_listed.add(id(post))
    setattr(generator, listed, order_content(originals, generator.settings["ARTICLE_ORDER_BY"]))
    setattr(generator, others, translations)


def _forget_versions(held: set[int], post: Any) -> None:
    """Have a post know nothing of its translations that are held back; and one of those, of none. It does not matter
    whether the plugin `languages` has looked at them before.
    """
    for name, least in (("translations", 1), ("versions", 2)):
        left = [each for each in getattr(post, name, ()) if id(each) not in held and id(post) not in held]
        if hasattr(post, name):
            setattr(post, name, left if len(left) >= least else [])


def _give_categories(generator: ArticlesGenerator) -> None:
    """Give each draft a category. Pelican asks every draft for one, and assigns none if categories have no pages
    (`CATEGORY_SAVE_AS = ""`), so a draft would end the build (observed with 4.12).
    """
    default = Category(generator.settings["DEFAULT_CATEGORY"], generator.settings)
    for draft in (*generator.drafts, *generator.drafts_translations):
        if not hasattr(draft, "category"):
            draft.category = default


def note_left_out(generator: Any) -> None:
    """Note what a generator has left out of the lists, and keep it from writing drafts if the settings say so."""
    lists = _OF_POSTS if isinstance(generator, ArticlesGenerator) else _OF_PAGES
    hidden, drafts = ([*getattr(generator, names), *getattr(generator, others)] for names, others in lists[1:])
    due = sorted(each.due for each in drafts if hasattr(each, "due"))
    _left_out[type(generator).__name__] = LeftOut(len(drafts) - len(due), len(hidden), tuple(due))
    if generator.settings.get("DRAFT_PAGES", True):
        return
    content, left_out = generator.context["generated_content"], generator.context.setdefault(LEFT_OUT, {})
    _unlink_pictures(generator.context, drafts)
    for each in drafts:
        path = each.get_relative_source_path()
        content[path] = None  # as Pelican marks what it could not read
        left_out[path] = each
    generator.generate_output = partial(_write_without, generator, lists[2], generator.generate_output)


def _unlink_pictures(context: dict[str, Any], drafts: list[Any]) -> None:
    """Have no file copied only because a draft shows it."""
    kept = {id(each) for each in drafts}
    published = [each for each in context["generated_content"].values() if each is not None and id(each) not in kept]
    shown = {link for each in published for link in each.get_static_links()}
    context["static_links"] -= {link for each in drafts for link in each.get_static_links()} - shown


def _write_without(generator: Any, lists: tuple[str, str], write: Any, writer: Any) -> None:
    """Have a generator write everything except the contents of some lists."""
    for name in lists:
        setattr(generator, name, [])
        if name in generator.context:
            generator.context[name] = []
    write(writer)


def left_out(_pelican: object) -> str:
    """What the last round left out of the lists, in words; empty if it was nothing."""
    rounds = _left_out.values()
    counts = Counter(draft=sum(each.drafts for each in rounds), hidden=sum(each.hidden for each in rounds))
    due = sorted(date for each in rounds for date in each.due)
    parts = [f"{counts['draft']} draft{'s' if counts['draft'] > 1 else ''}"] if counts["draft"] else []
    parts += [f"{counts['hidden']} hidden"] if counts["hidden"] else []
    if due:
        parts.append(f"{len(due)} due {'first ' if len(due) > 1 else ''}on {due[0]:%Y-%m-%d}")
    return f"left out: {', '.join(parts)}" if parts else ""
