"""The links, pictures and ids in what was read from a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from drytables.diagnostics.source import Span

from ..kinds.html import OF_INTEREST, addresses_in_texts, addresses_of
from ..kinds.tags import tags
from .targets import Site, Target, target

#: Elements that only a reader follows; whatever the others name is shown on the page.
_LINKS = frozenset({"a", "area"})


class Reference(NamedTuple):
    """A link or whatever else names an address within the site: where it leads, its value as a browser reads it, the
    element and the attribute it is in, and the header field if it is not in the text.
    """

    target: Target
    value: str
    element: str
    attribute: str
    field: str = ""

    @property
    def is_link(self) -> bool:
        """Whether a reader follows it."""
        return self.element in _LINKS


class Nearby(NamedTuple):
    """A value that may name a file of the content instead of an address: the files that it may mean, by their paths
    below the content, and what stands in its place on the page.
    """

    value: str
    files: tuple[str, ...]
    written: str


class Facts(NamedTuple):
    """What is kept of a source: its references within the site and its ids, in the order of the text, those of the ids
    that it has more than once, the values that may name files, and where the text has pictures without words.
    """

    references: tuple[Reference, ...] = ()
    ids: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    nearby: tuple[Nearby, ...] = ()
    wordless: tuple[Span, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether one of Pelican's words may stand on the page, typed or in the place of a file's name."""
        return bool(self.nearby) or any(each.target.word for each in self.references)


def facts_of(html: str, fields: Iterable[tuple[str, str]], site: Site) -> Facts:
    """Return the facts about the HTML of a source and of those of its header fields that are HTML."""
    found, ids = references_and_ids(html, site)
    for name, value in fields:
        found += [each._replace(field=name) for each in references_and_ids(value, site)[0]]
    times = Counter(ids)
    repeated = tuple(each for each, count in times.items() if count > 1)
    return Facts(tuple(found), tuple(times), repeated)


def references_and_ids(html: str, site: Site) -> tuple[list[Reference], list[str]]:
    """Return the references within the site, and all ids, in the order of the text; after them what only `<a name=…>`
    gives a place: where it stands in a heading with the same id, a link leads to the same place.
    """
    found, ids, names = [], [], []
    for element, attributes in tags(html, OF_INTEREST):
        for name, value in attributes:
            if name == "id":
                ids.append(value)
            elif name == "name" and element == "a":
                names.append(value)
        for name, address in addresses_of(element, attributes):
            where = target(address, site)
            if where is not None:
                found.append(Reference(where, address, element, name))
    for element, address in addresses_in_texts(html):
        where = target(address, site)
        if where is not None:
            found.append(Reference(where, address, element, ""))
    return found, [*ids, *sorted({*names} - {*ids})]
