"""The addresses in XML: Atom and RSS feeds, sitemaps, descriptions of a search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

#: Attributes with an address, elements whose text is one, and elements whose text is HTML, without their namespaces.
#: The `id` of an Atom entry is a name, though it may look like an address.
_ATTRIBUTES = ("href", "src", "url")
_ADDRESSES = frozenset({"link", "loc", "guid", "comments", "url", "icon", "logo", "uri", "Image", "docs"})
_HTML = frozenset({"content", "summary", "description", "encoded"})
HTML = "html"
_STYLESHEET = re.compile(r"""<\?xml-stylesheet\s[^>]{0,200}?\bhref\s{0,9}=\s{0,9}["']([^"'<>]+)""")


def strings_in_xml(text: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses in a document, each after an empty word, and the HTML in it, after `HTML`.

    Raises ValueError for text that is not XML.
    """
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None
    yield from (("", found[1]) for found in _STYLESHEET.finditer(text))
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        yield from (("", value) for each in _ATTRIBUTES if (value := element.get(each)))
        words = (element.text or "").strip()
        if name in _HTML and "<" in words:
            yield HTML, words
        elif name in _ADDRESSES and words and element.get("isPermaLink", "").lower() != "false":
            yield "", words
