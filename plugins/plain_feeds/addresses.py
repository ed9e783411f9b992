"""Which feeds a site has, and at which addresses."""

from typing import Any, NamedTuple

#: The feeds of the whole site: the settings, beginning with the one that readers prefer, and the media types.
_OF_THE_SITE = (
    ("FEED_ALL_ATOM", "application/atom+xml", "Atom"),
    ("FEED_ATOM", "application/atom+xml", "Atom"),
    ("FEED_ALL_RSS", "application/rss+xml", "RSS"),
    ("FEED_RSS", "application/rss+xml", "RSS"),
    ("FEED_ALL_JSON", "application/feed+json", "JSON"),
)


class Feed(NamedTuple):
    """A feed that a page may name: its address below the root, its media type, and what it is called."""

    address: str
    media_type: str
    name: str


def feeds_of_the_site(settings: dict[str, Any]) -> list[Feed]:
    """Return the feeds of the whole site, as the settings have them."""
    feeds = (
        Feed(str(settings.get(f"{name}_URL") or settings.get(name)), media_type, kind)
        for name, media_type, kind in _OF_THE_SITE
        if settings.get(name)
    )
    return [*dict.fromkeys(feeds)]


def paths_of(settings: dict[str, Any], setting: str, each: Any) -> list[str]:
    """Return the addresses of the feeds of a tag, a category or an author, below the root; `setting` is how the names
    of their settings begin, such as `TAG_FEED`.
    """
    names = (f"{setting}_ATOM", f"{setting}_RSS")
    patterns = (settings.get(f"{name}_URL") or settings.get(name) for name in names if settings.get(name))
    return [str(pattern).format(slug=each.slug) for pattern in patterns if pattern]


def add_feeds(generator: Any) -> None:
    """Tell the templates of a Pelican generator which feeds there are."""
    generator.env.globals["FEEDS"] = feeds_of_the_site(generator.settings)
    generator.env.globals["feeds_of"] = lambda setting, each: paths_of(generator.settings, setting, each)
