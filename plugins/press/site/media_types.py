"""What a file of a site is, as HTTP calls it. A feed is known by what is in it: its name ends in `.xml` or `.json`."""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePosixPath

_TEXT = "; charset=utf-8"
_XML, _JSON = "application/xml", "application/json"
_BY_ENDING = {
    ".css": "text/css" + _TEXT, ".html": "text/html" + _TEXT, ".js": "text/javascript" + _TEXT,
    ".txt": "text/plain" + _TEXT, ".xml": _XML, ".json": _JSON, ".webmanifest": "application/manifest+json",
    ".atom": "application/atom+xml", ".rss": "application/rss+xml",
}  # fmt: skip
#: How feeds begin, by the type that their names have.
_FEEDS = {
    _XML: (
        (re.compile(rb"<feed\b[^>]*\sxmlns=[\"']http://www\.w3\.org/2005/Atom"), "application/atom+xml"),
        (re.compile(rb"<rss\b"), "application/rss+xml"),
    ),
    _JSON: ((re.compile(rb"\"version\"\s*:\s*\"https:\\?/\\?/jsonfeed\.org"), "application/feed+json"),),
}
#: In bytes: within which a feed says that it is one.
_BEGINNING = 1000


def media_type(name: str, body: bytes) -> str:
    """The type of a file, by its name and content."""
    kind = _BY_ENDING.get(PurePosixPath(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return next((feed for begins, feed in _FEEDS.get(kind, ()) if begins.search(body, 0, _BEGINNING)), kind)
