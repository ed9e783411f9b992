"""The links, pictures and ids in what was read from a source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from drytables.diagnostics.source import Span

from ..html.tags import tags
from .targets import Site, Target, target

#: Attributes that hold one address, and the elements in which they do; of those in `_ANY` it is every element.
_ANY = frozenset({"href", "src", "poster", "xlink:href"})
_ONLY = {"data": "object", "action": "form"}
#: Of what is in a tag, in lower case: a pattern for either case takes eight times as long.
_OF_INTEREST = re.compile(r"(?:href|src|srcset|poster|data|action|id|name)\s*=")
#: Elements that only a reader follows; whatever the others name is shown on the page.
_LINKS = frozenset({"a", "area"})
#: A comma ends an address only if a blank follows it; otherwise a width or a density may follow, up to the next comma.
_SOURCE_IN_SET = re.compile(r"(?P<address>[^\s,](?:\S*[^\s,])?)(?:,|\s[^,]*+)?")


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
    """Return the references within the site, and all ids, in the order of the text; behind them what only `<a name=…>`
    gives a place: where it stands in a heading with the same id, a link leads to the same place.
    """
    found, ids, names = [], [], []
    for element, attributes in tags(html, _OF_INTEREST):
        for name, value in attributes:
            if name == "id":
                ids.append(value)
            elif name == "name":
                if element == "a":
                    names.append(value)
            else:
                for address in _addresses(element, name, value):
                    where = target(address, site)
                    if where is not None:
                        found.append(Reference(where, address, element, name))
    return found, [*ids, *sorted({*names} - {*ids})]


def addresses_in(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield all addresses in HTML, each behind the element and the attribute that it is in."""
    for element, attributes in tags(html, _OF_INTEREST):
        for name, value in attributes:
            for address in _addresses(element, name, value):
                yield element, name, address


def _addresses(element: str, attribute: str, value: str) -> Iterator[str]:
    """The addresses in the value of an attribute."""
    if attribute in _ANY or _ONLY.get(attribute) == element:
        yield value
    elif attribute == "srcset":
        yield from sources_in_set(value)


def sources_in_set(value: str) -> Iterator[str]:
    """Yield the addresses in the value of a `srcset`."""
    for each in _SOURCE_IN_SET.finditer(value):
        yield each["address"]


def with_sources(value: str, change: Callable[[str], str]) -> str:
    """Return the value of a `srcset` with each address as `change` returns it."""

    def changed(found: re.Match[str]) -> str:
        address = found["address"]
        to = change(address)
        return found[0] if to == address else _in_set(to) + found[0][len(address) :]

    return _SOURCE_IN_SET.sub(changed, value)


def _in_set(address: str) -> str:
    """An address as it may stand in a `srcset`, where blanks and commas end it."""
    return address.replace(" ", "%20").replace(",", "%2C")
