"""The media type of each file of a site. A feed is recognized by its content: its name ends in `.xml` or `.json`."""

from __future__ import annotations

import mimetypes
import re

#: By the ends of names, whatever a machine knows.
TYPES = {
    "html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
    "xml": "application/xml", "json": "application/json", "txt": "text/plain", "md": "text/markdown",
    "csv": "text/csv", "ics": "text/calendar", "vtt": "text/vtt", "map": "application/json",
    "webmanifest": "application/manifest+json", "atom": "application/atom+xml", "rss": "application/rss+xml",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon", "bmp": "image/bmp", "jxl": "image/jxl",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "mp4": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "wav": "audio/wav", "flac": "audio/flac",
    "pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip", "gz": "application/gzip",
    "tar": "application/x-tar", "wasm": "application/wasm", "asc": "text/plain", "patch": "text/plain",
    "diff": "text/plain", "sh": "text/plain", "py": "text/plain", "c": "text/plain",
}  # fmt: skip
#: How feeds begin.
_FEEDS = (
    (re.compile(rb"<feed\b[^>]*\sxmlns=[\"']http://www\.w3\.org/2005/Atom"), "application/atom+xml"),
    (re.compile(rb"<rss\b"), "application/rss+xml"),
    (re.compile(rb"\"version\"\s*:\s*\"https:\\?/\\?/jsonfeed\.org"), "application/feed+json"),
)
#: Types that a feed may have by its name.
_OF_FEEDS = frozenset({TYPES["xml"], TYPES["json"]})
#: In bytes: within which a feed says that it is one.
BEGINNING = 1000


def ending(name: str) -> str:
    """The end of the name of a file, in lower case; empty if it has none."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""


def feed_type(beginning: bytes) -> str:
    """The type of the feed that begins so; empty for what is none."""
    return next((kind for begins, kind in _FEEDS if begins.search(beginning)), "")


def media_type(name: str, body: bytes) -> str:
    """The type of a file, by its name and content, with the encoding of a text."""
    kind = TYPES.get(ending(name)) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        return f"{kind}; charset=utf-8"
    return (feed_type(body[:BEGINNING]) if kind in _OF_FEEDS else "") or kind
