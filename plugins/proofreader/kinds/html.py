"""The addresses in HTML: which attributes hold one, in which elements, and how it stands in the value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .json_documents import addresses_in_linked_data
from .stylesheets import addresses_in_styles, with_addresses
from .tags import Attribute, attributes, elements, tags

#: A comma ends an address only if a blank follows it; otherwise a width or a density may follow, up to the next comma
#: that is not in parentheses.
_SOURCE_IN_SET = re.compile(r"(?P<address>[^\s,](?:\S*[^\s,])?)(?:,|\s(?:[^,(]|\([^)]*+\)?)*+)?")
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?[\"']?(?P<address>[^\"']*)", re.IGNORECASE)

_Change = Callable[[str], str]
_Reader = Callable[[str], Iterator[str]]
_Writer = Callable[[str, _Change], str]


def _whole(value: str) -> Iterator[str]:
    yield value


def _with_whole(value: str, change: _Change) -> str:
    return change(value)


def sources_in_set(value: str) -> Iterator[str]:
    """Yield the addresses in the value of a `srcset`."""
    for each in _SOURCE_IN_SET.finditer(value):
        yield each["address"]


def with_sources(value: str, change: _Change) -> str:
    """Return the value of a `srcset` with each address as `change` returns it."""

    def changed(found: re.Match[str]) -> str:
        address = found["address"]
        to = change(address)
        return found[0] if to == address else _in_set(to) + found[0][len(address) :]

    return _SOURCE_IN_SET.sub(changed, value)


def _in_set(address: str) -> str:
    """An address as it may stand in a `srcset`, where blanks and commas end it."""
    return address.replace(" ", "%20").replace(",", "%2C")


class _Kind(NamedTuple):
    """How addresses stand in an attribute: how they are read and changed in its value; the elements in which it has
    them, empty for all; and whether a browser may load them, while others are only followed.
    """

    read: _Reader = _whole
    write: _Writer = _with_whole
    elements: frozenset[str] = frozenset()
    is_loaded: bool = True


def _followed(*elements: str) -> _Kind:
    return _Kind(elements=frozenset(elements), is_loaded=False)


_KINDS = {
    "href": _Kind(),
    "xlink:href": _Kind(),
    "src": _Kind(),
    "poster": _Kind(),
    "srcset": _Kind(sources_in_set, with_sources),
    "imagesrcset": _Kind(sources_in_set, with_sources),
    "data": _Kind(elements=frozenset({"object"})),
    "action": _followed("form"),
    "formaction": _followed("button", "input"),
    "cite": _followed("blockquote", "q", "ins", "del"),
    "background": _Kind(elements=frozenset({"body", "table", "td", "th"})),
    "longdesc": _followed("img", "iframe"),
    "style": _Kind(addresses_in_styles, with_addresses),
}
#: The attributes by which a browser may load something.
LOADING = tuple(name for name, kind in _KINDS.items() if kind.is_loaded)
#: What a `<meta>` may be called whose content is an address.
_META = frozenset({
    "og:image", "og:image:url", "og:image:secure_url", "og:url", "og:audio", "og:audio:url", "og:audio:secure_url",
    "og:video", "og:video:url", "og:video:secure_url", "twitter:image", "twitter:image:src", "twitter:player",
    "twitter:player:stream", "twitter:url", "image", "url", "thumbnailurl", "contenturl", "embedurl",
    "msapplication-tileimage", "msapplication-config", "msapplication-square150x150logo", "msapplication-starturl",
})  # fmt: skip
_NAMES = ("property", "name", "itemprop")
#: What a start tag that is looked at has in it, in lower case: a pattern for either case takes eight times as long.
OF_INTEREST = re.compile(rf"(?:{'|'.join(_KINDS)}|content|id|name)\s*=")


def _kind_of(element: str, attribute: str) -> _Kind | None:
    kind = _KINDS.get(attribute)
    return kind if kind is not None and (not kind.elements or element in kind.elements) else None


def with_loaded(element: str, attribute: str, value: str, change: _Change) -> str:
    """Return the value of an attribute in which each address that a browser may load is what `change` makes of it."""
    kind = _kind_of(element, attribute)
    return kind.write(value, change) if kind is not None and kind.is_loaded else value


def addresses_of(element: str, has: list[Attribute]) -> Iterator[tuple[str, str]]:
    """Yield the addresses in the attributes of an element, each after the name of its attribute."""
    if element == "base":  # nobody is led to it
        return
    for name, value in has:
        kind = _kind_of(element, name)
        if kind is not None:
            for address in kind.read(value):
                yield name, address
    if element == "meta":
        yield from (("content", address) for address in _in_meta(dict(has)))


def _in_meta(has: dict[str, str]) -> Iterator[str]:
    content = has.get("content", "")
    if any(has.get(name, "").strip().lower() in _META for name in _NAMES):
        yield content
    elif has.get("http-equiv", "").strip().lower() == "refresh" and (found := _REFRESH.match(content)):
        yield found["address"]


def addresses_in_texts(html: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses in the texts of elements that hold no markup: styles, and data for search engines; each after
    the name of its element.
    """
    if not any(each in html for each in ("url(", "@import", "image-set(", "ld+json")):
        return
    for element in elements(html):
        if element.name == "style":
            yield from (("style", each) for each in addresses_in_styles(element.text))
        elif element.name == "script" and "ld+json" in dict(attributes(element.inside)).get("type", ""):
            yield from (("script", each) for each in addresses_in_linked_data(element.text))


def addresses_in_html(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield all addresses in HTML, each after the element and the attribute that it is in; the latter is empty for
    one in the text of an element.
    """
    for element, has in tags(html, OF_INTEREST):
        for attribute, address in addresses_of(element, has):
            yield element, attribute, address
    for element, address in addresses_in_texts(html):
        yield element, "", address
