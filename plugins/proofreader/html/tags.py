"""The start tags in HTML and their attributes, in the order of the text.

Comments, and what is in scripts and stylesheets, contain none. Each character is looked at once, whatever is left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import NamedTuple

#: What follows the name in a tag. A quote matters only behind an equals sign.
_REST = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s"'>][^\s>]*+)?+)*+"""
_TAG = re.compile(
    rf"<!--(?:.*?-->|.*)"
    rf"|<(?P<raw>(?:script|style|textarea|title|xmp)(?=[\s/>]))(?P<of_raw>{_REST})>?(?P<text>(?:[^<]++|<(?!/(?P=raw)\b))*+)"
    rf"|<(?P<name>[a-z][^\s/>]*+)(?P<rest>{_REST})",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?:(?<=[\s"'/])|\A)(?P<name>[^\s"'<>/=]++)\s*+=\s*+(?P<value>"[^"]*+"?|'[^']*+'?|[^\s"'>][^\s>]*+)"""
)

#: The name of an attribute with its value as a browser reads it.
Attribute = tuple[str, str]


class Element(NamedTuple):
    """The name of an element, what its start tag has behind that, as it is written, and the text of one whose text is
    no markup, such as a script.
    """

    name: str
    inside: str
    text: str


def elements(html: str) -> Iterator[Element]:
    """Yield each element, in the order of their start tags."""
    for found in _TAG.finditer(html):
        if found["name"]:
            yield Element(found["name"].lower(), found["rest"], "")
        elif found["raw"]:
            yield Element(found["raw"].lower(), found["of_raw"], found["text"])


def attributes(inside: str) -> list[Attribute]:
    """The attributes with values in what a start tag has behind its name."""
    return [*_attributes(inside)]


def tags(html: str, having: re.Pattern[str]) -> Iterator[tuple[str, list[Attribute]]]:
    """Yield the name and the attributes of each start tag whose inside `having` finds something in."""
    for found in _TAG.finditer(html):
        rest = found["rest"] or found["of_raw"]
        if rest and having.search(rest):
            yield (found["name"] or found["raw"]).lower(), [*_attributes(rest)]


def _attributes(rest: str) -> Iterator[Attribute]:
    for found in _ATTRIBUTE.finditer(rest):
        yield found["name"].lower(), _read(found["value"])


def _read(written: str) -> str:
    value = written[1:].removesuffix(written[0]) if written[0] in "\"'" else written
    return unescape(value) if "&" in value else value


def with_values(html: str, having: re.Pattern[str], change: Callable[[str, str], str]) -> str:
    """Return HTML with the values of attributes that `change` returns, given the name and value of each, in the tags
    whose inside `having` finds something in. What stays the same is left as it is written; what changes has the name of
    its attribute in lower case, as Pelican reads it.
    """

    def of_attribute(found: re.Match[str]) -> str:
        value = _read(found["value"])
        changed = change(found["name"].lower(), value)
        return found[0] if changed == value else f'{found["name"].lower()}="{escape(changed)}"'

    def of_tag(found: re.Match[str]) -> str:
        group = "of_raw" if found["rest"] is None else "rest"
        rest = found[group]
        if not rest or not having.search(rest):
            return found[0]
        start, end = (at - found.start() for at in found.span(group))
        return found[0][:start] + _ATTRIBUTE.sub(of_attribute, rest) + found[0][end:]

    return _TAG.sub(of_tag, html)
