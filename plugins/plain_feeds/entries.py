"""What a feed and its entries say of themselves.

A page may contain control characters, written as `&#12;`; a feed may not (XML 1.0, 2.2), so they are left out.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from feedgenerator import Rss201rev2Feed, get_tag_uri
from languages.feeds import name_languages, turned
from markupsafe import Markup
from pelican.utils import order_content, path_to_url
from xml_characters import fit_for_xml

from .addresses import paths_of
from .formats import Atom, Json, Rss
from .plain_form import plain

#: What Pelican appends to a link if FEED_APPEND_REF is set.
_REF = "?ref=feed"
#: The lists that have feeds of their own: the name in the context, and the setting of the file.
_OF_LISTS = (("tags", "TAG_FEED"), ("categories", "CATEGORY_FEED"), ("authors", "AUTHOR_FEED"))


class _Round:
    """What all feeds of one round need: the posts by their addresses, and the lists by those of their feeds."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.articles = context["articles"]
        self.posts = {str(each.url): each for post in self.articles for each in (post, *post.translations)}
        self.lists = {
            path: each
            for name, setting in _OF_LISTS
            for each, _ in _pairs(context.get(name, ()))
            for path in paths_of(context, setting, each)
        }


#: That of the latest context; there is one for each round.
_latest: list[_Round] = []
#: The plain forms of each post that was in a feed, by the parts of its entry, each after what it was made from.
_plain_forms: WeakKeyDictionary[Any, dict[str, tuple[str, str, str]]] = WeakKeyDictionary()


def _pairs(lists: Any) -> Iterable[tuple[Any, Any]]:
    return lists.items() if isinstance(lists, dict) else lists


def of_context(context: dict[str, Any]) -> _Round:
    """What is known of a context, worked out with the first of its feeds."""
    if not _latest or _latest[0].articles is not context["articles"]:
        _latest[:] = [_Round(context)]
    return _latest[0]


def _has_page(about: Any) -> bool:
    """Whether there are pages of tags, or whatever a feed is about."""
    return bool(about.settings.get(f"{type(about).__name__.upper()}_SAVE_AS", True))


def make_plain(context: dict[str, Any], feed: Any) -> None:
    """Give a feed and its entries their addresses, forms and names. `feed` is one of feedgenerator's."""
    site = str(context.get("CANONICAL_SITE") or context["SITEURL"]).rstrip("/") + "/"
    known = of_context(context)
    head = feed.feed
    path = head["feed_url"].removeprefix(str(context.get("FEED_DOMAIN") or "")).lstrip("/")
    json_path = context.get("FEED_ALL_JSON")
    feed.__class__ = Json if json_path and path == json_path else Rss if isinstance(feed, Rss201rev2Feed) else Atom
    about = known.lists.get(path)
    head |= {
        "link": site + (str(about.url) if about and _has_page(about) else ""),
        "feed_url": site + path,
        "author_name": str(context.get("AUTHOR") or "") or None,
    }
    head["id"] = head["feed_url"] if about else head["link"]
    for entry in feed.items:
        _complete(entry, site, known, context)
    name_languages(feed, {entry["link"]: entry["language"] for entry in feed.items}, context["DEFAULT_LANG"])
    for entry in feed.items:
        entry |= {part: turned(entry[part] or "", entry["language"]) or None for part in ("content", "description")}
    for each in (head, *feed.items):
        each |= {name: fit_for_xml(value) for name, value in each.items() if isinstance(value, str)}


def _complete(entry: dict[str, Any], site: str, known: _Round, context: dict[str, Any]) -> None:
    """Make an entry say all that is known of its post."""
    typed = entry["link"]
    entry["link"] = urljoin(site, typed.lstrip("/"))
    address = entry["link"].removesuffix(_REF)
    post = known.posts.get(address.removeprefix(site))
    entry["unique_id"] = get_tag_uri(address, entry["pubdate"])
    entry["title"] = str(getattr(post, "raw_title", entry["title"]))
    authors = getattr(post, "authors", None) or [entry["author_name"] or context.get("AUTHOR") or site]
    entry["authors"] = [fit_for_xml(str(each)) for each in authors if str(each)]
    entry["categories"] = [fit_for_xml(each) for each in dict.fromkeys(entry["categories"])]
    entry["language"] = str(getattr(post, "lang", "") or context["DEFAULT_LANG"])
    card = context.get("card_of_post")
    entry["image"] = urljoin(site, card(post)) if card and post is not None else None
    for part in ("content", "description"):
        if entry.get(part):
            entry[part] = _plain(post, part, entry[part], address)
    entry["summary"] = str(Markup(entry["description"] or "").striptags())


def _plain(post: Any, part: str, html: str, address: str) -> str:
    """The plain form of the HTML of a post, or of its summary, made once however many feeds it is in."""
    if post is None:
        return plain(html, address)
    forms = _plain_forms.setdefault(post, {})
    made = forms.get(part)
    if made is None or made[:2] != (html, address):
        made = forms[part] = html, address, plain(html, address)
    return made[2]


def write_json(generator: Any, writer: Any) -> None:
    """Write the JSON Feed, in the way of Pelican's other feeds."""
    path = generator.settings.get("FEED_ALL_JSON")
    if path:
        posts = [*generator.articles, *generator.translations]
        order_content(posts, order_by=generator.settings["ARTICLE_ORDER_BY"])
        generator.context["card_of_post"] = generator.env.filters.get("card")
        writer.write_feed(posts, generator.context, path, path_to_url(path))
