"""The places on a page of another site, if it is one that a program can look at: HTML, and not too much of it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx
from proofreader.kinds.tags import tags

#: How much of a page is read, in bytes.
_MOST = 1 << 20
_HTML = ("text/html", "application/xhtml+xml")
_OF_INTEREST = re.compile(r"\b(?:id|name)\s*=")
#: Fragments that no element has: for scripts, for viewers, for words of the text, for lines of code (`L7-L9`, with
#: columns `L7C1-L9C4`), and for the top.
_NO_PLACE = re.compile(r"[!/?]|.*(?::~:|=)|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z|top\Z|\Z", re.IGNORECASE | re.DOTALL)
#: What GitHub puts before the ids that people see without it.
_HIDDEN = "user-content-"


def is_place(fragment: str) -> bool:
    """Whether an element of a page should have this fragment as its id."""
    return not _NO_PLACE.match(fragment)


def has_place(ids: frozenset[str], fragment: str) -> bool:
    """Whether one of a page's ids is what a link means by this fragment."""
    return any(f"{prefix}{each}" in ids for each in (fragment, unquote(fragment)) for prefix in ("", _HIDDEN))


async def ids_of(response: httpx.Response) -> frozenset[str] | None:
    """Return the ids of a page whose body has not been read; None if it is no HTML, encoded, or too long."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _HTML or response.headers.get("content-encoding", "identity").lower() != "identity":
        return None
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > _MOST:
            return None
    try:
        html = body.decode(response.charset_encoding or "utf-8", "replace")
    except LookupError:  # an encoding that Python does not know
        html = body.decode("utf-8", "replace")
    return frozenset(
        value
        for element, attributes in tags(html, _OF_INTEREST)
        for name, value in attributes
        if name == "id" or (name == "name" and element == "a")
    )
