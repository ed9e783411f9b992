"""The tags and texts of some HTML one by one, in time that grows with its length.

Python's own parser takes minutes over some texts that are 60 KB long, such as a tag that never ends, again and again.
This one is for HTML in which tags end; what only looks like the start of a tag is text.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_PART = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>]*+)(?P<attributes>(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|<[!?][^<>]*+>"
    r"|(?P<text><?[^<]*+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>]++)))?+"
)


class Tag(NamedTuple):
    """The start or end of an element. The values of attributes are as they are meant, None where there is none."""

    name: str
    is_end: bool
    attributes: dict[str, str | None]


class Comment(NamedTuple):
    """What stands between `<!--` and `-->`."""

    words: str


def parts(html: str) -> Iterator[Tag | Comment | str]:
    """Yield the tags, comments and texts of some HTML in order; texts with their character references resolved."""
    for part in _PART.finditer(html):
        if part["name"]:
            yield Tag(part["name"].lower(), bool(part["end"]), _attributes(part["attributes"]))
        elif part["comment"] is not None:
            yield Comment(part["comment"])
        elif part["text"]:
            yield unescape(part["text"])


def _attributes(written: str) -> dict[str, str | None]:
    """The attributes in a tag, by their names; of two with one name the first counts."""
    found: dict[str, str | None] = {}
    for each in _ATTRIBUTE.finditer(written):
        value = next((each[kind] for kind in ("double", "single", "bare") if each[kind] is not None), None)
        found.setdefault(each["name"].lower(), None if value is None else unescape(value))
    return found
