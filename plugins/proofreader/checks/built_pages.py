"""What is wrong with the pages that were built: whatever templates, settings and plugins have added is on them.

A quick look takes from each page what may be a link or an id, without telling code from markup. Only what is wrong in
that light is looked at closely.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from ..facts.references import references_and_ids, sources_in_set
from ..facts.targets import Site, target
from ..site.answering import answering

#: What stands behind the equals sign of an attribute with an address or an id, whatever it is in. It begins with that
#: sign, so that the search goes from one to the next.
_OF_INTEREST = re.compile(
    rb"=(?:(?<=\s(id)=)|(?<=\shref=)|(?<=\ssrc=)|(?<=\s(srcset)=)|(?<=\sposter=)|(?<=\saction=)|(?<=\sdata=))"
    rb"""\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*))""",
    re.IGNORECASE,
)
_PAGES = (".html", ".htm")


class BuiltPages(NamedTuple):
    """What is wrong, each with the names of the pages it is on: the values of links that lead to no file, links to
    places that a page does not have, and the ids that are given twice.
    """

    dead: dict[str, list[str]]
    dead_anchors: dict[str, list[str]]
    repeated: dict[str, list[str]]


class _Looking:
    """A look at all pages of one site."""

    def __init__(self, output: str, site: Site) -> None:
        self.output, self.site = output, site
        self.files = {*_files(output)}
        self.found = BuiltPages({}, {}, {})
        self._good: set[bytes] = set()
        self._known: dict[tuple[str, str], bool] = {}
        self._anchors: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def look(self) -> BuiltPages:
        """Look at each page once, and once more at those with places that links of other pages lead to."""
        for name in sorted(self.files):
            if name.endswith(_PAGES):
                self._page(name)
        places: dict[str, set[str]] = {}
        for (name, place), links in sorted(self._anchors.items()):
            if name not in places:
                places[name] = {*references_and_ids(_text(self._read(name)), self.site)[1]}
            if place not in places[name] and unquote(place) not in places[name]:
                for value, page in links:
                    self.found.dead_anchors.setdefault(value, []).append(page)
        return self.found

    def _read(self, name: str) -> bytes:
        with open(os.path.join(self.output, name), "rb") as file:  # noqa: PTH118, PTH123
            return file.read()

    def _page(self, name: str) -> None:
        html = self._read(name)
        ids, values = [], set()
        for is_id, is_set, double, single, bare in _OF_INTEREST.findall(html):
            value = double or single or bare
            if is_id:
                ids.append(value)
            elif is_set:
                values |= {each.encode() for each in sources_in_set(_text(value))}
            else:
                values.add(value)
        own = {*ids}
        if len(ids) != len(own) or not all(self._is_good_of_all(each, name, own) for each in values - self._good):
            self._closely(name, _text(html))

    def _closely(self, name: str, html: str) -> None:
        """Look at a page as a browser does."""
        references, ids = references_and_ids(html, self.site)
        for repeated, count in Counter(ids).items():
            if count > 1:
                self.found.repeated.setdefault(repeated, []).append(name)
        own = {*ids}
        for value in dict.fromkeys(each.value for each in references):
            if value.startswith("#"):
                if not _is_among(value, own):
                    self.found.dead_anchors.setdefault(value, []).append(name)
            elif not self._is_good(value, name):
                self.found.dead.setdefault(value, []).append(name)

    def _is_good_of_all(self, written: bytes, page: str, ids: set[bytes]) -> bool:
        """Whether a link leads somewhere, by the signs of the page; if it does so from all pages, it is not asked for
        again.
        """
        if written.startswith(b"#"):
            return written[1:] in ids or _is_among(unescape(_text(written)), {*map(_text, ids)})
        value = unescape(_text(written))
        is_good = self._is_good(value, page)
        if is_good and not _is_of_page(value):
            self._good.add(written)
        return is_good

    def _is_good(self, value: str, page: str) -> bool:
        """Whether a link leads to a file; whether the place in it is there is asked when all pages have been seen."""
        key = (posixpath.dirname(page) if _is_of_page(value) else "", value)
        if key not in self._known:
            self._known[key] = self._leads_somewhere(value, page)
        return self._known[key]

    def _leads_somewhere(self, value: str, page: str) -> bool:
        where = target(value, self.site)
        if where is None or (not where.path and not where.word):
            return True
        if where.word:
            return False
        whole = where.path if where.path.startswith("/") else urljoin(f"/{page}", where.path)
        address = unquote(whole).lstrip("/")
        for name in answering(posixpath.normpath(address) + "/" * address.endswith("/") if address else ""):
            if name in self.files:
                if where.fragment and name.endswith(_PAGES):
                    self._anchors.setdefault((name, where.fragment), []).append((value, page))
                return True
        return False


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace")


def _is_of_page(value: str) -> bool:
    """Whether it depends on the page where a link leads."""
    return value[:1] != "/" and ":" not in value


def _is_among(link: str, ids: set[str]) -> bool:
    """Whether a link within a page leads to one of its ids, or to its top."""
    place = link[1:].partition(":~:")[0]
    return unquote(place).lower() in ("", "top") or place in ids or unquote(place) in ids


def look_at(output: str, site: Site) -> BuiltPages:
    """Look at the pages in the folder of a site that was built."""
    return _Looking(output, site).look()


def _files(output: str) -> Iterator[str]:
    """The files below a folder, by their paths in it."""
    for where, folders, names in os.walk(output):
        folders[:] = [each for each in folders if not each.startswith(".")]
        below = os.path.relpath(where, output)
        yield from (name if below == os.curdir else f"{below}/{name}" for name in names)
