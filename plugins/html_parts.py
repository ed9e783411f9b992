"""The tags and texts of some HTML one by one, in time that grows with its length.

Python's own parser takes minutes over some texts that are 60 KB long, such as a tag that never ends, again and again.
This one is for HTML in which tags end; what only looks like the start of a tag is text.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

#: What follows the name in a tag. A quotation mark matters only after an equals sign.
_ATTRIBUTES = r"""(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
_PART = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<name>(?P<code>(?<!/)(?:script|style)(?![^\s/>]))|[a-z][^\s/<>]*+)"
    rf"(?P<attributes>{_ATTRIBUTES})"
    # What is in a script or a stylesheet is neither text nor markup.
    r"(?P<closes>>(?(code)(?:[^<]++|<(?!/(?P=code)(?![^\s/>])))*+))?+"
    r"|<[!?][^<>]*+>"
    r"|(?P<text><[^<]*+|[^<]++)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>][^\s<>]*+)))?+"
)


class Tag(NamedTuple):
    """The start of an element, with its attributes, or the end of one. A value has its character references resolved,
    and is None if the attribute has none.
    """

    name: str
    is_end: bool
    attributes: dict[str, str | None]


class Comment(NamedTuple):
    """The text between `<!--` and `-->`."""

    words: str


def parts(html: str) -> Iterator[Tag | Comment | str]:
    """Yield the tags, comments and texts of some HTML in order; texts with their character references resolved. A tag
    that closes itself, as in `<br/>`, is a start and an end; scripts and stylesheets have nothing in them.
    """
    for part in _PART.finditer(html):
        last = part.lastgroup
        if last == "text" or last == "attributes":  # what never ends is not a tag
            yield unescape(part[0])
        elif last == "closes":
            name = part["name"].lower()
            if part["end"]:
                yield Tag(name, is_end=True, attributes={})
                continue
            attributes, is_complete = _attributes(part["attributes"])
            yield Tag(name, is_end=False, attributes=attributes)
            if is_complete:
                yield Tag(name, is_end=True, attributes={})
        elif last == "comment":
            yield Comment(part["comment"])


def _attributes(written: str) -> tuple[dict[str, str | None], bool]:
    """The attributes in a tag, by their names, and whether a slash after them ends the element; of two with one name
    the first counts.
    """
    found: dict[str, str | None] = {}
    if not written:
        return found, False
    end = 0
    for each in _ATTRIBUTE.finditer(written):
        value = next((each[kind] for kind in ("double", "single", "bare") if each[kind] is not None), None)
        found.setdefault(each["name"].lower(), None if value is None else unescape(value))
        end = each.end()
    return found, written.endswith("/", end)
