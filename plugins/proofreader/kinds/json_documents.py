"""The addresses in JSON: the manifest of a site, JSON Feed, and data for search engines (JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

#: Where manifests and feeds have an address, and where feeds have HTML.
_ADDRESSES = frozenset({
    "start_url", "scope", "src", "url", "external_url", "home_page_url", "feed_url", "next_url", "image",
    "banner_image", "icon", "favicon", "avatar",
})  # fmt: skip
HTML = "content_html"
#: Words that only such documents have, of all that a site may publish as JSON.
_OURS = ("//jsonfeed.org/", '"start_url"', '"icons"')
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def strings_in_json(text: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses in a manifest or a feed, each after an empty word, and the HTML in it, after `HTML`.

    Raises ValueError for text that is not JSON.
    """
    if any(each in text for each in _OURS):
        for key, value in _strings("", _read(text)):
            if key in _ADDRESSES:
                yield "", value
            elif key == HTML:
                yield HTML, value


def addresses_in_linked_data(text: str) -> Iterator[str]:
    """Yield the whole addresses in data for search engines. A fragment there does not name a place on a page."""
    try:
        data = _read(text)
    except ValueError:
        return
    yield from (value.partition("#")[0] for _, value in _strings("", data) if _WEB.match(value))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None


def _strings(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """All strings of a document, each with the key that it belongs to."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(key, each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _strings(name, each)
