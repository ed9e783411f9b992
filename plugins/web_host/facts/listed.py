"""Which pages search engines are to list, and under which addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urljoin

from addresses import address_of_file
from languages.tags import written_form
from proofreader.site.planned import contents, static_files

from .entry import Entry
from .pages import Page
from .site import Site, encoded

#: What a host shows in the place of a page that is not there; a theme need not say that it is none.
NOT_FOUND = "404.html"
_PUBLISHED = "published"


def listed(
    site: Site, pages: Mapping[str, Page], changed: Mapping[str, datetime], generators: list[Any]
) -> Iterator[Entry]:
    """Yield the pages that are listed: not drafts and hidden ones, nor those that say so, lead on, or have their real
    address elsewhere, and none that the author has put there as a file.
    """
    by_name = {each.save_as: each for each in contents(generators)}
    copied = {name for _, name in static_files(generators[0].context)}
    for name, page in pages.items():
        content = by_name.get(name)
        if name == NOT_FOUND or name in copied or not page.is_listed or page.leads_on:
            continue
        if content is not None and (content.status != _PUBLISHED or _is_kept_out(content.metadata)):
            continue
        address = _address(site, name, content)
        if not page.canonical or _same(urljoin(address, page.canonical), address):
            yield Entry(address, changed.get(name), tuple(_versions(site, content)))


def _address(site: Site, name: str, content: Any) -> str:
    return site.whole(content.url if content is not None else encoded(address_of_file(name)))


def _is_kept_out(fields: Mapping[str, Any]) -> bool:
    """Whether a header keeps search engines out, as in Hugo; not every theme says so on the page."""
    robots, noindex = (str(fields.get(name, "")).lower() for name in ("robots", "noindex"))
    return "noindex" in robots or noindex in ("true", "yes")


def _versions(site: Site, content: Any) -> Iterator[tuple[str, str]]:
    """The versions of a text that has several, as the plugin `languages` or else Pelican has paired them."""
    others = [each for each in getattr(content, "translations", ()) if each.status == _PUBLISHED]
    if others:
        for each in sorted((content, *others), key=lambda version: (version.lang, version.url)):
            yield written_form(each.lang), site.whole(each.url)


def _same(one: str, other: str) -> bool:
    return unquote(one).rstrip("/").lower() == unquote(other).rstrip("/").lower()
