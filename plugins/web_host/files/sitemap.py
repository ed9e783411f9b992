"""sitemap.xml: the pages of a site for search engines, as https://www.sitemaps.org/protocol.html has it.

One file may list 50,000 addresses; a larger site has several, and sitemap.xml is an index of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from ..facts.entry import Entry

NAME = "sitemap.xml"
#: In one file.
MOST_ADDRESSES = 50_000
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemaps(entries: Iterable[Entry], site: str, most: int = MOST_ADDRESSES) -> dict[str, str]:
    """The files of a sitemap by their names, for a site with an address; none without entries. `most` is how many
    addresses one file has.
    """
    parts = [*_parts(sorted(entries), most)]
    if not parts:
        return {}
    if len(parts) == 1:
        return {NAME: _urls(parts[0])}
    named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
    return {NAME: _index(named, site)} | {name: _urls(part) for name, part in named.items()}


def _parts(entries: list[Entry], most: int) -> Iterator[list[Entry]]:
    return (entries[start : start + most] for start in range(0, len(entries), most))


def _urls(entries: list[Entry]) -> str:
    languages = f' xmlns:xhtml="{_XHTML}"' if any(each.versions for each in entries) else ""
    lines = (line for each in entries for line in ("<url>", *_entry(each), "</url>"))
    return "\n".join((_HEAD, f'<urlset xmlns="{_SITEMAPS}"{languages}>', *lines, "</urlset>", ""))


def _entry(entry: Entry) -> Iterator[str]:
    yield f"<loc>{escape(entry.address)}</loc>"
    if entry.changed is not None:
        yield _lastmod(entry.changed)
    for language, address in entry.versions:
        yield f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'


def _index(parts: dict[str, list[Entry]], site: str) -> str:
    lines = []
    for name, entries in parts.items():
        lines += ["<sitemap>", f"<loc>{escape(site)}/{name}</loc>"]
        newest = max((each.changed for each in entries if each.changed is not None), default=None)
        lines += [_lastmod(newest), "</sitemap>"] if newest is not None else ["</sitemap>"]
    return "\n".join((_HEAD, f'<sitemapindex xmlns="{_SITEMAPS}">', *lines, "</sitemapindex>", ""))


def _lastmod(when: datetime) -> str:
    """A day where no more is known than that: midnight is what a date without a time is read as."""
    has_time = any((when.hour, when.minute, when.second))
    return f"<lastmod>{when.replace(microsecond=0).isoformat() if has_time else when.date().isoformat()}</lastmod>"
