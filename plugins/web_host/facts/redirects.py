"""Which old addresses lead to which new ones: those in headers, those of a WordPress, and those that settings name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from headers.addresses import Query
from headers.markdown_extension import FACTS
from headers.redirects import aliases
from pelican.contents import Article
from plain_feeds.addresses import feeds_of_the_site
from proofreader.site.answering import answering
from proofreader.site.planned import contents

from .site import Site

#: Where every WordPress has its feeds, and the media type of each if not the preferred one.
_FEEDS = {
    "feed/": "", "feed/atom/": "application/atom+xml", "feed/rss/": "application/rss+xml",
    "feed/rss2/": "application/rss+xml", "comments/feed/": "",
}  # fmt: skip
#: Where WordPress has its posts by default; the setting may name other patterns.
SETTING, WORDPRESS = "OLD_ARTICLE_URLS", ("{date:%Y}/{date:%m}/{slug}/",)
#: Fields that exporters write with the number of a post in WordPress, and those with the address that contains it.
_NUMBERS, _GUIDS = ("wordpress_id", "wp_id", "post_id"), ("guid", "wordpress_url")
_GUID = re.compile(r"https?://[^?#\s]*\?(?P<asked>(?:p|page_id)=\d+)", re.IGNORECASE)
_PUBLISHED = ("published", "hidden")


class Redirect(NamedTuple):
    """An old address and the new one, both below the root of the site, without a slash before them. `path` is decoded,
    and means the same with and without a slash at its end; `query` is what was asked for there, such as `p=12`, or
    empty. `is_guessed` is whether no author has named it.
    """

    path: str
    to: str
    query: str = ""
    is_guessed: bool = False


def redirects_of(site: Site, generators: list[Any]) -> list[Redirect]:
    """All redirects of a site, in a fixed order: of several with one old address the first counts. No page is at any
    of them but one that leads on itself.
    """
    there = {*site.files}
    named = [Redirect(place.url.rstrip("/"), _url(content)) for content, place, _ in aliases(generators[0].context)]
    asked = _queries(contents(generators))
    guessed = (each for each in _guessed(generators) if there.isdisjoint(answering(each.path)))
    first: dict[tuple[str, str], Redirect] = {}
    for each in (*named, *asked, *guessed):
        if each.query or each.path != each.to.rstrip("/"):
            first.setdefault((each.path, each.query), each)
    return [*first.values()]


def patterns_of(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Where posts had their addresses: those of a WordPress, unless the setting has other patterns, or one. None at all
    for an empty setting.
    """
    given = settings.get(SETTING)
    if given is None:
        return WORDPRESS
    return tuple(map(str, given)) if isinstance(given, list | tuple) else (str(given),) if given else ()


def without_guessed(redirects: Iterable[Redirect]) -> list[Redirect]:
    """The redirects that a header or a setting names."""
    return [each for each in redirects if not each.is_guessed]


def _url(content: Any) -> str:
    return str(content.url).lstrip("/")


def _in_order(all_contents: Iterable[Any]) -> list[Any]:
    published = (each for each in all_contents if each.status in _PUBLISHED)
    return sorted(published, key=lambda each: str(each.source_path))


def _queries(all_contents: Iterable[Any]) -> Iterator[Redirect]:
    """The numbers of posts in WordPress, as they were asked for at its front page, and other queries of headers."""
    for content in _in_order(all_contents):
        own: tuple[tuple[Query, Any], ...] = getattr(getattr(content, FACTS, None), "queries", ())
        yield from (Redirect(query.path.rstrip("/"), _url(content), query.asked) for query, _ in own)
        fields = content.metadata
        numbers = (_words(fields.get(name)).strip() for name in _NUMBERS)
        asked = [f"{name}={number}" for number in numbers if number.isdecimal() for name in ("p", "page_id")]
        asked += [found["asked"].lower() for name in _GUIDS if (found := _GUID.match(_words(fields.get(name))))]
        yield from (Redirect("", _url(content), each) for each in asked)


def _words(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _guessed(generators: list[Any]) -> Iterator[Redirect]:
    settings = generators[0].settings
    feeds = feeds_of_the_site(settings)
    for path, media_type in _FEEDS.items() if feeds else ():
        fitting = next((each for each in feeds if each.media_type == media_type), feeds[0])
        yield Redirect(path.rstrip("/"), fitting.address, is_guessed=True)
    patterns = patterns_of(settings)
    # Of translations with one old address, that in the language of the site had it.
    for content in sorted(_in_order(contents(generators)), key=lambda each: not each.in_default_lang):
        for pattern in patterns if isinstance(content, Article) else ():
            old = pattern.format(**content.url_format).strip("/")
            yield Redirect(old, _url(content), is_guessed=settings.get(SETTING) is None)
