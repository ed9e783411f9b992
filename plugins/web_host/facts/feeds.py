"""Which files are feeds, whoever writes them."""

from __future__ import annotations

import re

from .site import Site

#: How a feed begins, and its media type.
_KINDS = (
    (re.compile(rb"<feed\b[^>]*\bxmlns=[\"']http://www\.w3\.org/2005/Atom"), "application/atom+xml"),
    (re.compile(rb"<rss\b"), "application/rss+xml"),
    (re.compile(rb"\"version\"\s*:\s*\"https:\\?/\\?/jsonfeed\.org"), "application/feed+json"),
)
_BEGINNING = 1 << 10
_ENDINGS = (".xml", ".json", ".atom", ".rss")


def feeds_of(site: Site) -> dict[str, str]:
    """The names of the feeds of a site, with their media types."""
    found = ((name, _type_of(site, name)) for name in site.files if name.endswith(_ENDINGS))
    return {name: media_type for name, media_type in found if media_type}


def _type_of(site: Site, name: str) -> str:
    with (site.output / name).open("rb") as file:
        beginning = file.read(_BEGINNING)
    return next((media_type for pattern, media_type in _KINDS if pattern.search(beginning)), "")
