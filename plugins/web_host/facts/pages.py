"""What the pages of a built site say of themselves: what they load, and whether search engines should list them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from proofreader.kinds.tags import tags

from .loads import Load, Origin, loads_of, loads_of_styles
from .site import Site

_HEAD = re.compile(r"""(?:canonical|refresh|robots)""", re.IGNORECASE)
_END_OF_HEAD = re.compile("</head|<body", re.IGNORECASE)


class Page(NamedTuple):
    """What one page says. `is_listed` is whether search engines may list it, `canonical` the address that it gives for
    its own, or empty, and `leads_on` whether it sends the reader on to another page.
    """

    loads: frozenset[Load]
    is_listed: bool
    canonical: str
    leads_on: bool


def pages_of(site: Site) -> dict[str, Page]:
    """Read all pages of a site, by their names."""
    origin = origin_of(site)
    return {name: _page(site.read(name), origin) for name in site.pages()}


def loads_of_stylesheets(site: Site) -> set[Load]:
    """What the stylesheets of a site load."""
    origin = origin_of(site)
    sheets = (name for name in site.files if name.endswith(".css"))
    return {load for name in sheets for load in loads_of_styles(site.read(name), origin)}


def origin_of(site: Site) -> Origin:
    """The origin of a site: its address without the folder."""
    return Origin(site.address.removesuffix(site.folder))


def _page(html: str, origin: Origin) -> Page:
    is_listed, canonical, leads_on = True, "", False
    end = _END_OF_HEAD.search(html)
    for name, pairs in tags(html[: end.start()] if end else html, _HEAD):
        has = {key: value.lower() if key != "href" else value for key, value in reversed(pairs)}
        if name == "link" and "canonical" in has.get("rel", "").split():
            canonical = has.get("href", "")
        elif name == "meta" and has.get("name") == "robots":
            is_listed &= not {"noindex", "none"} & {*_words(has.get("content", ""))}
        elif name == "meta" and has.get("http-equiv") == "refresh":
            leads_on = True
    return Page(frozenset(loads_of(html, origin)), is_listed, canonical, leads_on)


def _words(content: str) -> Iterable[str]:
    return (each.strip() for each in content.split(","))
