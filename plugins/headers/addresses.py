"""Addresses that a header gives: a post's own, and those that it had elsewhere."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

#: In bytes: no file system takes a name of more than 255, and a page needs room for a suffix.
LONGEST_NAME = 200
#: In characters: what is left of an address that is made from a longer title.
SHORTENED = 100


class Place(NamedTuple):
    """An address below the site's root, without a slash before it, and the file of its page."""

    url: str
    save_as: str


class Query(NamedTuple):
    """An address that only a host can lead on from: its path below the root, without a slash before it, and what is
    after the question mark, such as `p=12`, the address that WordPress gives every post.
    """

    path: str
    asked: str


class NoPlace(ValueError):
    """A text that is not an address of this site; the message says why."""


def place_of(text: str) -> Place:
    """Where the page of an address is: that of `/old/`, `old`, `/old.html` or `https://site/old/`. Raises NoPlace."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        raise NoPlace("it is not an address") from None
    if parts.query:
        raise NoPlace("no file can be at an address with `?`")
    path = unquote(parts.path).lstrip("/")
    if any(part.startswith(":") or "{" in part for part in path.split("/")):
        raise NoPlace("it has placeholders of another generator")
    if ".." in path.split("/") or "\\" in path or any(not char.isprintable() for char in path):
        raise NoPlace("it leads out of the site")
    if any(len(part.encode()) > LONGEST_NAME for part in path.split("/")):
        raise NoPlace("it is too long")
    if not path:
        raise NoPlace("it is the front page")
    if path.endswith("/"):
        return Place(path, path + "index.html")
    if "." in path.rsplit("/", 1)[-1]:
        return Place(path, path)
    return Place(path + "/", path + "/index.html")


def query_of(text: str) -> Query | None:
    """The query that an old address is; None if it is none."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    is_plain = parts.query.isprintable() and parts.path.isprintable() and not {*'"{}\\ '} & {*parts.query, *parts.path}
    return Query(unquote(parts.path).lstrip("/"), parts.query) if "=" in parts.query and is_plain else None


def looks_like_address(text: str) -> bool:
    """Whether an alias is an address; in Obsidian, one is another name of a note."""
    return "/" in text.strip() or text.strip().endswith((".html", ".htm", ".php", ".aspx"))


def shortened(slug: str) -> str:
    """A slug that is too long for a file, cut after a word."""
    if len(slug.encode()) <= LONGEST_NAME:
        return slug
    start = slug[:SHORTENED]
    while len(start.encode()) > LONGEST_NAME:
        start = start[:-1]
    head, dash, _ = start.rpartition("-")
    return (head if dash else start).strip("-")
