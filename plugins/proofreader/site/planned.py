"""Everything that Pelican will write for a site, each file with what it is, before any is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from addresses import LISTS, list_file
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.paginator import Paginator

#: What Pelican writes once for the whole site, once for each thing of a kind, and once for each language, as the
#: beginnings of its settings' names; each followed by one of `_FORMATS`.
_OF_SITE = ("FEED", "FEED_ALL")
_OF_EACH = (("CATEGORY_FEED", "categories"), ("TAG_FEED", "tags"), ("AUTHOR_FEED", "authors"))
_OF_LANGUAGE = "TRANSLATION_FEED"
_FORMATS = ("ATOM", "RSS")
#: Lists of things, the template of a page for each of them, and the setting for its file.
_LISTS = tuple((kind, template, f"{template.upper()}_SAVE_AS") for template, kind in LISTS.items())
_PERIODS = {"year": "YEAR_ARCHIVE_SAVE_AS", "month": "MONTH_ARCHIVE_SAVE_AS", "day": "DAY_ARCHIVE_SAVE_AS"}
#: The kind of a file that is copied; its `content` is its path below that of the site.
COPIED = "copy"
#: Where the plugin `headers` keeps in Pelican's context what it leaves out of a site, by the paths of the sources.
LEFT_OUT = "left_out"


class Planned(NamedTuple):
    """One file to be written, by its path below the output: from a source, which is `content`, or as `kind` and
    `setting` say. `wins` is whether it takes the place of another one without a word.
    """

    name: str
    content: Any = None
    kind: str = ""
    setting: str = ""
    wins: bool = False


def articles_of(generators: Iterable[Any]) -> Any:
    """Return Pelican's generator of articles."""
    return next(each for each in generators if isinstance(each, ArticlesGenerator))


def pages_of(generators: Iterable[Any]) -> Any:
    """Return Pelican's generator of pages."""
    return next(each for each in generators if isinstance(each, PagesGenerator))


def contents(generators: Iterable[Any]) -> list[Any]:
    """Return all posts and pages that get a page of their own, of whatever status and language: not those that the
    plugin `headers` leaves out of the site.
    """
    articles, pages = articles_of(generators), pages_of(generators)
    left_out = {id(each) for each in articles.context.get(LEFT_OUT, {}).values()}
    groups = (
        articles.articles, articles.translations, articles.hidden_articles, articles.hidden_translations,
        articles.drafts, articles.drafts_translations,
        pages.pages, pages.translations, pages.hidden_pages, pages.hidden_translations,
        pages.draft_pages, pages.draft_translations,
    )  # fmt: skip
    return [each for each in chain.from_iterable(groups) if id(each) not in left_out]


def planned(generators: list[Any]) -> Iterator[Planned]:
    """Yield the pages of sources, the lists, the feeds, and what is copied from the content. Of a list that is spread
    over several pages, only the first (see `further_pages`).
    """
    for content in contents(generators):
        yield Planned(content.save_as, content, wins=hasattr(content, "override_save_as"))
    yield from _lists(generators)
    yield from _feeds(articles_of(generators))
    for source, name in static_files(articles_of(generators).context):
        yield Planned(name, source, COPIED, wins=True)


def _lists(generators: list[Any]) -> Iterator[Planned]:
    articles = articles_of(generators)
    settings = articles.settings
    for granularity, archives in articles.period_archives.items():
        for archive in archives:
            first = _first(archive["save_as"], "period_archives", settings)
            yield Planned(first, None, f"a {granularity}'s archive", _PERIODS[granularity])
    for template, name in _direct(settings):
        yield Planned(_first(name, template, settings), None, f"the {template} page", f"{template.upper()}_SAVE_AS")
    for kind, template, setting in _LISTS:
        for each in (thing for thing, _ in _things(articles, kind)) if settings.get(setting) else ():
            if each.slug and each.save_as:
                yield Planned(
                    _first(each.save_as, template, settings), None, f"the page of the {template} {each.name}", setting
                )
    for name in settings["TEMPLATE_PAGES"].values():
        yield Planned(str(name), None, "a page of TEMPLATE_PAGES", "TEMPLATE_PAGES", wins=True)


def _direct(settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for template in settings["DIRECT_TEMPLATES"]:
        name = list_file(settings, template)
        if name:
            yield template, name


def _things(articles: Any, kind: str) -> list[tuple[Any, list[Any]]]:
    """The tags, categories, authors or series, each with its posts; series are those of the plugin `post_series`."""
    things = getattr(articles, kind, [])
    return [*things.items()] if isinstance(things, dict) else things


def _feeds(articles: Any) -> Iterator[Planned]:
    settings = articles.settings
    for ending in _FORMATS:
        for beginning in _OF_SITE:
            setting = f"{beginning}_{ending}"
            if settings.get(setting):
                yield Planned(str(settings[setting]), None, "the feed", setting)
        for beginning, kind in _OF_EACH:
            setting = f"{beginning}_{ending}"
            for each in (thing for thing, _ in _things(articles, kind)) if settings.get(setting) else ():
                yield Planned(str(settings[setting]).format(slug=each.slug), None, f"the feed of {each.name}", setting)
        setting = f"{_OF_LANGUAGE}_{ending}"
        if settings.get(setting):
            for language in {each.lang for each in (*articles.articles, *articles.translations)}:
                yield Planned(str(settings[setting]).format(lang=language), None, "the feed of a language", setting)


def static_files(context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is copied from the content: each file's path below it, and the one below the output.

    Pelican must not be asked for the latter in its own way: then no `{attach}` could move the file any more.
    """
    pattern = context["STATIC_SAVE_AS"]
    for source, static in context["static_content"].items():
        if static is None:
            continue
        name = getattr(static, "override_save_as", None)
        if name is None:
            is_plain = pattern == "{path}"
            name = static.metadata.get("path", source) if is_plain else static.get_url_setting("save_as")
        yield source, name


class ListOfPosts(NamedTuple):
    """A list that the site shows on one page or several: the file of its first page, the template, and the posts."""

    name: str
    template: str
    posts: list[Any]


def lists_of_posts(generators: list[Any]) -> Iterator[ListOfPosts]:
    """Yield all lists of a site: those of tags and the like, of years, months and days, and the direct templates."""
    articles = articles_of(generators)
    for kind, template, setting in _LISTS:
        for each, posts in _things(articles, kind) if articles.settings.get(setting) else ():
            if each.slug and each.save_as:
                yield ListOfPosts(each.save_as, template, posts)
    for archives in articles.period_archives.values():
        yield from (ListOfPosts(each["save_as"], "period_archives", each["articles"]) for each in archives)
    yield from (ListOfPosts(name, direct, articles.articles) for direct, name in _direct(articles.settings))


def pages_of_list(of: ListOfPosts, settings: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the file of each page of a list, with the posts on it."""
    paginator = _paginator(of, settings)
    if paginator is None:
        yield of.name, of.posts
        return
    for page in map(paginator.page, range(1, paginator.num_pages + 1)):
        yield page.save_as, page.object_list


def _paginator(of: ListOfPosts, settings: dict[str, Any]) -> Any:
    """What spreads a list over several pages; None if nothing does."""
    per_page = settings["PAGINATED_TEMPLATES"].get(of.template, False)
    if per_page is False or not (per_page or settings["DEFAULT_PAGINATION"]):
        return None
    return Paginator(of.name, of.name, of.posts, settings, per_page or settings["DEFAULT_PAGINATION"])


def further_pages(generators: list[Any]) -> Iterator[str]:
    """Yield the second and later pages of lists that are spread over several."""
    settings = articles_of(generators).settings
    for paginator in (_paginator(each, settings) for each in lists_of_posts(generators)):
        for number in range(2, paginator.num_pages + 1) if paginator is not None else ():
            yield paginator.page(number).save_as


def _first(name: str, template: str, settings: dict[str, Any]) -> str:
    """The file of the first page of a list, which is another one where the settings say so."""
    per_page = settings["PAGINATED_TEMPLATES"].get(template, False)
    if per_page is False or not (per_page or settings["DEFAULT_PAGINATION"]):
        return name
    return _first_of_several(name, per_page or settings["DEFAULT_PAGINATION"], tuple(settings["PAGINATION_PATTERNS"]))


@lru_cache(1 << 14)
def _first_of_several(name: str, per_page: int, patterns: tuple[Any, ...]) -> str:
    page = Paginator(name, name, [None], {"PAGINATION_PATTERNS": patterns, "DEFAULT_ORPHANS": 0}, per_page).page(1)
    return str(page.save_as)
