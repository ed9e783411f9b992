"""What is wrong with the pages that were built: whatever templates, settings and plugins have added is on them; and
with the files beside them that name addresses, such as feeds and stylesheets.

A quick look takes from each page what may be a link or an id, without telling code from markup. Only what is wrong in
that light is looked at closely.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from ..facts.references import references_and_ids
from ..facts.targets import Site, is_outside, target
from ..kinds.files import FileKind, kind_of
from ..kinds.html import addresses_in_html, sources_in_set
from ..kinds.tags import tags
from ..site.answering import answering, is_elsewhere
from .good_files import GoodFiles, PlaceLink, digest_of

#: What the content of a `<meta>` begins with that may be an address, or has one after a time.
_PERHAPS_ADDRESS = rb"""\s?+["']?+(?:https?:|\.{0,2}+/|[\w-]++\.\w{3,4}["'\s>]|[\d.]++\s?+[;,]\s?+url\s?+=)"""
#: What follows the equals sign of an attribute with an address or an id, whatever it is in. It begins with that
#: sign, so that the search goes from one to the next, and then with the last letter before it: most are `class`.
_OF_INTEREST = re.compile(
    rb"=(?<=[acdefnrt]=)(?:(?<=\s(id)=)|(?<=[\s:]href=)|(?<=\ssrc=)|(?<=(srcset)=)"
    rb"|(?<=\s(content)=)(?=" + _PERHAPS_ADDRESS + rb")"
    rb"|(?<=\sposter=)|(?<=action=)|(?<=\sdata=)|(?<=\scite=)|(?<=\sbackground=)|(?<=\slongdesc=))"
    rb"""\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*))""",
    re.IGNORECASE,
)
#: What is before the address in a `<meta>` that leads on after a time.
_REFRESH = re.compile(rb"[\d.]+\s?[;,]\s?url\s?=\s?", re.IGNORECASE)
#: What may be an address in styles, and in data for search engines.
_IN_STYLES = re.compile(rb"""url\(\s?["']?([^"')\s]{1,2000})|@import\s["']([^"'\s]{1,2000})""", re.IGNORECASE)
_LINKED_DATA, _END_OF_SCRIPT = b"ld+json", b"</script"
_IN_LINKED_DATA = re.compile(rb"""["]((?:https?:)?(?:\\?/){2}[^"#]*)""", re.IGNORECASE)
#: What the text of an element in a feed or a sitemap is like that is an address.
_IN_XML = re.compile(rb">\s*((?:https?:/)?/[^<>\s]+)\s*</", re.IGNORECASE)
_XML_ATTRIBUTE = re.compile(rb"""\surl=["']([^"']*)""")
_WHOLE = re.compile(rb"https?://", re.IGNORECASE)
#: Names that stand in addresses as they are.
_PLAIN = re.compile(r"[\w./~-]*", re.ASCII)
#: How much of a page may come before its `<base>`, in bytes.
_HEAD = 20_000
_PAGES = (".html", ".htm")
#: The folder that hosts serve though its name begins with a dot.
_WELL_KNOWN = ".well-known"
#: Fragments that say something to a script, and name no element.
_FOR_SCRIPTS = ("#!", "#/")
_BASE = re.compile(r"\bhref\s*=", re.IGNORECASE)
#: Where a link leads that needs no place on a page.
_SOMEWHERE = PlaceLink("", "", "", "")


class BuiltPages(NamedTuple):
    """What is wrong, each with the names of the pages it is on, or of other files: the values of links that lead to no
    file, links to places that a page does not have, the ids that are given twice, and, in place of pages, why a file
    cannot be read.
    """

    dead: dict[str, list[str]]
    dead_anchors: dict[str, list[str]]
    repeated: dict[str, list[str]]
    unreadable: dict[str, str]


class _Looking:
    """A look at all pages of one site."""

    def __init__(
        self,
        output: str,
        site: Site,
        further: Iterable[str],
        elsewhere: Sequence[str],
        kept: Path | None,
        digests: Mapping[str, bytes],
    ) -> None:
        self.output, self.site, self.elsewhere = output, site, elsewhere
        self.files = {*_files(output)}
        self.answering = self.files.union(further)
        about_links = (*site.own, "", site.folder, site.word.pattern, *elsewhere, "")
        self._digests = digests
        self._good_files = GoodFiles(kept, (*about_links, *sorted(self.answering)))
        self._own = tuple(own.removeprefix("//").lower().encode() for own in site.own)
        self._paths = {*_paths(self.answering)}
        self.found = BuiltPages({}, {}, {}, {})
        #: The links that are right on every page, and those of them that lead to a place on one.
        self._good: set[bytes] = set()
        self._good_if_placed: dict[bytes, PlaceLink] = {}
        self._known: dict[tuple[str, str], PlaceLink | None] = {}
        #: The links to places in the file that is being looked at, and the first file that has each.
        self._links: dict[PlaceLink, None] = {}
        self._placed: dict[PlaceLink, str] = {}
        #: Where the dead links of pages lead to: feeds repeat them.
        self._nowhere: set[str] = set()

    def look(self, *, is_published: bool) -> BuiltPages:
        """Look at each page once, at the other files, and once more at pages with places that links lead to."""
        names = sorted(self.files)
        for name in names:
            if name.endswith(_PAGES):
                self._look_into(name, None)
        for name in names:
            kind = None if name.endswith(_PAGES) else kind_of(name)
            if kind is not None and (is_published or not kind.has_whole):
                self._look_into(name, kind)
        self._places()
        self._good_files.keep()
        return self.found

    def _look_into(self, name: str, kind: FileKind | None) -> None:
        """Look at a page, or at a file of some other kind, unless that was done the last time, and all was right."""
        known = self._digests.get(name)
        links = None if known is None else self._good_files.links(name, known.hex())
        if links is None:
            links = self._links_in(name, kind)
        for link in links:
            self._placed.setdefault(link, name)

    def _links_in(self, name: str, kind: FileKind | None) -> list[PlaceLink]:
        """Read a file, and look at it unless its content was right the last time; return its links to places."""
        content = self._read(name)
        digest = digest_of(content)
        links = self._good_files.links(name, digest)
        if links is None:
            self._links = {}
            is_good = self._page(name, content) if kind is None else self._is_good_file(name, content, kind)
            links = [*self._links]
            if is_good:
                self._good_files.note(name, digest, links)
        return links

    def _places(self) -> None:
        leading: dict[tuple[str, str], list[PlaceLink]] = {}
        for link in self._placed:
            if link.file in self.files:
                leading.setdefault((link.file, link.place), []).append(link)
        places: dict[str, set[str]] = {}
        for (name, place), links in sorted(leading.items()):
            if name not in places:
                places[name] = {*references_and_ids(_text(self._read(name)), self.site)[1]}
            if place not in places[name] and unquote(place) not in places[name]:
                on_pages = [each for each in links if self._placed[each].endswith(_PAGES)]
                for link in on_pages or links:
                    self.found.dead_anchors.setdefault(link.value, []).append(self._placed[link])

    def _read(self, name: str) -> bytes:
        with open(os.path.join(self.output, name), "rb") as file:  # noqa: PTH118, PTH123
            return file.read()

    def _page(self, name: str, html: bytes) -> bool:
        """Look at a page, and return whether all is right there."""
        ids, values = _quick_look(html)
        own = {*ids}
        base = self._base(html, name) if b"<base" in html[:_HEAD] else name
        self._links |= {self._good_if_placed[each]: None for each in values & self._good_if_placed.keys()}
        if len(ids) == len(own) and all(self._is_good_of_all(each, base, own) for each in values - self._good):
            return True
        return self._is_good_closely(name, base, _text(html))

    def _base(self, html: bytes, name: str) -> str:
        """What stands in the place of a page's own name where `<base>` says what its links are relative to."""
        for element, attributes in tags(_text(html), _BASE):
            if element == "base":
                where = target(dict(attributes).get("href", ""), self.site)
                if where is not None and not where.word:
                    return urljoin(f"/{name}", where.path).lstrip("/")
        return name

    def _is_good_closely(self, name: str, base: str, html: str) -> bool:
        """Look at a page as a browser does."""
        is_good = True
        self._links.clear()
        ids = references_and_ids(html, self.site)[1]
        for repeated, count in Counter(ids).items():
            if count > 1:
                is_good = False
                self.found.repeated.setdefault(repeated, []).append(name)
        own = {*ids}
        for value in dict.fromkeys(each for _, _, each in addresses_in_html(html)):
            if value.startswith("#"):
                if not _is_among(value, own) and not value.startswith(_FOR_SCRIPTS):
                    is_good = False
                    self.found.dead_anchors.setdefault(value, []).append(name)
            elif not self._is_good(value, base):
                is_good = False
                self.found.dead.setdefault(value, []).append(name)
                self._nowhere.add(self._address(value, base))
        return is_good

    def _is_good_file(self, name: str, content: bytes, kind: FileKind) -> bool:
        """Check a file that is not a page. A quick look at a feed takes the HTML in it for markup of its own: there,
        the signs of an address may be escaped twice.
        """
        if kind.is_quick:
            values = {*_quick_look(content)[1], *_IN_XML.findall(content)}
            if b" url=" in content:
                values.update(_XML_ATTRIBUTE.findall(content))
            escaped = {each.replace(b"&amp;", b"&") for each in values if not each.startswith(b"#")}
            self._links |= {self._good_if_placed[each]: None for each in escaped & self._good_if_placed.keys()}
            if all(self._is_good_of_all(each, name, set()) for each in escaped - self._good):
                return True
        try:
            addresses = dict.fromkeys(kind.addresses(_text(content).removeprefix("\ufeff")))
        except ValueError as error:
            self.found.unreadable[name] = str(error)
            return False
        is_good = True
        for value in addresses:
            if not self._is_good(value, name):
                is_good = False
                if self._address(value, name) not in self._nowhere:
                    self.found.dead.setdefault(value, []).append(name)
        return is_good

    def _is_good_of_all(self, written: bytes, page: str, ids: set[bytes]) -> bool:
        """Whether a link leads somewhere, by the signs of the page; if it does so from all pages, it is not asked for
        again.
        """
        if self._is_plainly_good(written):
            self._good.add(written)
            return True
        if written.startswith(b"#"):
            return written[1:] in ids or _is_among(unescape(_text(written)), {*map(_text, ids)})
        value = unescape(_text(written))
        if not self._is_good(value, page):
            return False
        if not _is_of_page(value):
            self._good.add(written)
            link = self._known["", value]
            if link is not None and link.file:
                self._good_if_placed[written] = link
        return True

    def _is_plainly_good(self, written: bytes) -> bool:
        """Whether it is a whole address of another site, or one of this site's files as most links name them."""
        scheme = _WHOLE.match(written)
        if scheme is None:
            return False
        rest = written[scheme.end() :]
        own = next((each for each in self._own if rest[: len(each)].lower() == each), None)
        return own is None or (rest[len(own) : len(own) + 1] == b"/" and rest[len(own) + 1 :] in self._paths)

    def _is_good(self, value: str, page: str) -> bool:
        """Whether a link leads to a file; whether the place in it is there is asked when all pages have been seen."""
        key = (posixpath.dirname(page) if _is_of_page(value) else "", value)
        if key not in self._known:
            self._known[key] = self._leading(value, page, key)
        link = self._known[key]
        if link is not None and link.file:
            self._links[link] = None
        return link is not None

    def _leading(self, value: str, page: str, key: tuple[str, str]) -> PlaceLink | None:
        """Where a link leads; None if nowhere."""
        where = target(value, self.site)
        if where is None:
            is_right = not is_outside(value, self.site) or is_elsewhere(_path(value), self.elsewhere)
            return _SOMEWHERE if is_right else None
        if not where.path and not where.word:
            return _SOMEWHERE
        if where.word:
            return None
        address = self._address(value, page)
        for name in answering(posixpath.normpath(address) + "/" * address.endswith("/") if address else ""):
            if name in self.answering:
                if where.fragment and name.endswith(_PAGES) and not f"#{where.fragment}".startswith(_FOR_SCRIPTS):
                    return PlaceLink(name, where.fragment, *key)
                return _SOMEWHERE
        return _SOMEWHERE if is_elsewhere(where.path, self.elsewhere) else None

    def _address(self, value: str, page: str) -> str:
        """Where a link leads, decoded and below the root of the site; the value itself if it leads out of it."""
        where = target(value, self.site)
        if where is None or where.word:
            return value
        return unquote(where.path if where.path.startswith("/") else urljoin(f"/{page}", where.path)).lstrip("/")


def _quick_look(html: bytes) -> tuple[list[bytes], set[bytes]]:
    """What may be an id, and what may be an address."""
    ids: list[bytes] = []
    values: set[bytes] = set()
    for is_id, is_set, is_content, double, single, bare in _OF_INTEREST.findall(html):
        value = double or single or bare
        if is_id:
            ids.append(value)
        elif is_content:
            values.add(_REFRESH.sub(b"", value, 1))
        elif is_set:
            values |= {each.encode() for each in sources_in_set(_text(value))}
        else:
            values.add(value)
    if b"url(" in html or b"@import" in html:
        values.update(one or other for one, other in _IN_STYLES.findall(html))
    if b"image-set(" in html:
        values.add(b"image-set(")  # leads nowhere, so that the few pages with one are read in full
    if _LINKED_DATA in html:
        values.update(_in_linked_data(html))
    return ids, values


def _in_linked_data(html: bytes) -> Iterator[bytes]:
    """What may be an address in data for search engines."""
    at = html.find(_LINKED_DATA)
    while at >= 0:
        end = html.find(_END_OF_SCRIPT, at)
        end = len(html) if end < 0 else end
        yield from (each.replace(b"\\/", b"/") for each in _IN_LINKED_DATA.findall(html, at, end))
        at = html.find(_LINKED_DATA, end)


def _paths(names: Iterable[str]) -> Iterator[bytes]:
    """How most links name files, by their paths below the output."""
    for name in names:
        address = name.removesuffix("index.html")
        yield (address if _PLAIN.fullmatch(address) else quote(address)).encode()


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace")


def _is_of_page(value: str) -> bool:
    """Whether it depends on the page where a link leads."""
    return value[:1] != "/" and ":" not in value


def _is_among(link: str, ids: set[str]) -> bool:
    """Whether a link within a page leads to one of its ids, or to its top."""
    place = link[1:].partition(":~:")[0]
    return unquote(place).lower() in ("", "top") or place in ids or unquote(place) in ids


def look_at(
    output: str,
    site: Site,
    further: Iterable[str] = (),
    elsewhere: Sequence[str] = (),
    kept: Path | None = None,
    digests: Mapping[str, bytes] = MappingProxyType({}),
    *,
    is_published: bool = True,
) -> BuiltPages:
    """Look at the pages and the other files in the folder of a site that was built; unless it is published, not at
    those that name its host. `further` are files that it will have, by their paths below the folder, and `elsewhere`
    are patterns of the paths that something else on the host answers. `kept` is a file for what was found to be right:
    the next time, that is not looked at again. `digests` are those of files, by their paths below the folder, whose
    content somebody knows who was before here: they need not be read to be recognised.
    """
    return _Looking(output, site, further, elsewhere, kept, digests).look(is_published=is_published)


def _path(address: str) -> str:
    return re.split("[?#]", address.strip(), maxsplit=1)[0]


def _files(folder: str, below: str = "") -> Iterator[str]:
    """The files in a folder that a host serves, by their paths in it behind `below`."""
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        name = entry.name
        if not entry.is_dir():
            yield below + name
        elif not entry.is_symlink() and (name == _WELL_KNOWN or not name.startswith(".")):
            yield from _files(entry.path, f"{below}{name}/")
