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

from ..facts.references import references_and_ids
from ..facts.targets import Site, target
from ..site.answering import answering

_ADDRESS = re.compile(r"""\s(?:href|src|poster)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
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
        self._known: dict[str, bool] = {}
        self._anchors: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def look(self) -> BuiltPages:
        """Look at each page once, and once more at those with places that links of other pages lead to."""
        for name in sorted(self.files):
            if name.endswith(_PAGES):
                self._page(name, self._text(name))
        places: dict[str, set[str]] = {}
        for (name, place), links in sorted(self._anchors.items()):
            if name not in places:
                places[name] = {*references_and_ids(self._text(name), self.site)[1]}
            if place not in places[name] and unquote(place) not in places[name]:
                for value, page in links:
                    self.found.dead_anchors.setdefault(value, []).append(page)
        return self.found

    def _text(self, name: str) -> str:
        with open(os.path.join(self.output, name), encoding="utf-8", errors="replace") as file:  # noqa: PTH118, PTH123
            return file.read()

    def _page(self, name: str, html: str) -> None:
        values = {first or second for first, second in _ADDRESS.findall(html)}
        ids = [first or second for first, second in _ID.findall(html)]
        is_good = len(ids) == len({*ids}) and "srcset" not in html
        if is_good and all(self._is_good(value, name, {*ids}) for value in values):
            return
        references, ids = references_and_ids(html, self.site)
        for repeated, count in Counter(ids).items():
            if count > 1:
                self.found.repeated.setdefault(repeated, []).append(name)
        for value in dict.fromkeys(each.value for each in references):
            if not self._is_good(value, name, {*ids}):
                kind = self.found.dead_anchors if value.startswith("#") else self.found.dead
                kind.setdefault(value, []).append(name)

    def _is_good(self, value: str, page: str, ids: set[str]) -> bool:
        """Whether a link leads to a file; whether the place in it is there is asked when all pages have been seen."""
        if value.startswith("#"):
            place = value[1:].partition(":~:")[0]
            return place in ("", "top") or place in ids or unquote(unescape(place)) in ids
        is_of_page = value[:1] != "/" and ":" not in value
        key = f"{posixpath.dirname(page)}\\0{value}" if is_of_page else value
        if key not in self._known:
            self._known[key] = self._leads_somewhere(unescape(value), page)
        return self._known[key]

    def _leads_somewhere(self, value: str, page: str) -> bool:
        where = target(value, self.site)
        if where is None or (not where.path and not where.word):
            return True
        if where.word:
            return False
        address = unquote(urljoin(f"/{page}", where.path)).lstrip("/")
        for name in answering(posixpath.normpath(address) + "/" * address.endswith("/") if address else ""):
            if name in self.files:
                if where.fragment and name.endswith(_PAGES):
                    self._anchors.setdefault((name, where.fragment), []).append((value, page))
                return True
        return False


def look_at(output: str, site: Site) -> BuiltPages:
    """Look at the pages in the folder of a site that was built."""
    return _Looking(output, site).look()


def _files(output: str) -> Iterator[str]:
    """The files below a folder, by their paths in it."""
    for where, folders, names in os.walk(output):
        folders[:] = [each for each in folders if not each.startswith(".")]
        below = os.path.relpath(where, output)
        yield from (name if below == os.curdir else f"{below}/{name}" for name in names)
