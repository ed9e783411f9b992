"""Atom, RSS and JSON Feed of the same posts, as subclasses of feedgenerator's feeds.

They take a few things from an item that feedgenerator does not know: all of its `authors`, its `language`, and its
`image`. Nothing in them depends on the clock: a feed without posts is as old as time.
"""

import json
from datetime import UTC, datetime
from typing import Any, TextIO

from feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from languages.tags import written_form

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

Item = dict[str, Any]


class _Feed:
    """What all formats share."""

    feed: Item
    items: list[Item]

    def latest_post_date(self) -> datetime:
        """When the newest post was written or changed."""
        return max((item["updateddate"] or item["pubdate"] for item in self.items), default=_BEGINNING)


class Atom(_Feed, Atom1Feed):  # type: ignore[misc]
    """Atom, RFC 4287."""

    def add_item_elements(self, handler: Any, item: Item) -> None:
        """Write an entry."""
        super().add_item_elements(handler, item | {"author_name": None})
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


class Rss(_Feed, Rss201rev2Feed):  # type: ignore[misc]
    """RSS 2.0, with the names of the authors in Dublin Core: RSS itself asks for their addresses."""

    def rss_attributes(self) -> dict[str, str]:
        """The namespaces."""
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: Any, item: Item) -> None:
        """Write an item."""
        super().add_item_elements(handler, item | {"author_name": None, "unique_id_is_permalink": False})
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)


class Json(_Feed, Atom1Feed):  # type: ignore[misc]
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json"

    def write(self, outfile: TextIO, encoding: str) -> None:
        """Write the feed."""
        json.dump(self.as_dict(), outfile, ensure_ascii=False, indent=1)

    def as_dict(self) -> Item:
        """The feed, without what is not known of it."""
        return _known(
            version="https://jsonfeed.org/version/1.1",
            title=self.feed["title"],
            home_page_url=self.feed["link"],
            feed_url=self.feed["feed_url"],
            description=self.feed["description"],
            language=self.feed["language"],
            authors=_people(self.feed["author_name"]),
            items=[self._item(item) for item in self.items],
        )

    def _item(self, item: Item) -> Item:
        return _known(
            id=item["unique_id"],
            url=item["link"],
            title=item["title"],
            content_html=item["content"] or "",
            summary=item["summary"],
            image=item["image"],
            date_published=rfc3339_date(item["pubdate"]),
            date_modified=rfc3339_date(item["updateddate"]) if item["updateddate"] else None,
            authors=_people(*item["authors"]),
            tags=[*item["categories"]],
            language=written_form(item["language"]),
        )


def _known(**members: Any) -> Item:
    """The members that say something; an item has a content even if it is empty, and a feed its items."""
    return {name: value for name, value in members.items() if value or name in ("items", "content_html", "title")}


def _people(*names: str | None) -> list[dict[str, str]]:
    return [{"name": name} for name in names if name]
