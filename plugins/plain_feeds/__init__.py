"""Feeds that keep the meaning of a post wherever they are read: a Pelican plugin.

Each entry has its post in plain form, the title as words, all authors, tags and its language, and an id that is the
same in a preview and in the published site: all addresses are those of the public site (CANONICAL_SITE). Feeds of a
tag, a category or an author lead to that one's page.

- `addresses.py`: which feeds there are, for the heads of pages;
- `entries.py`: what a feed and its entries say of themselves;
- `plain_form.py`: the HTML of a post for programs that read feeds;
- `formats.py`: Atom, RSS and JSON Feed.

Besides Pelican's own settings, `FEED_ALL_JSON` names a JSON Feed of all posts. The Jinja global `FEEDS` lists the feeds
of the whole site, for the heads of its pages; `feeds_of("TAG_FEED", tag)` gives the addresses of those of a tag.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals

    from .addresses import add_feeds
    from .entries import make_plain, write_json

    signals.generator_init.connect(add_feeds)
    signals.feed_generated.connect(make_plain)
    signals.article_writer_finalized.connect(write_json)
