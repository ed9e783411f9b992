"""The tags and texts of some HTML one by one, in time that grows with its length.

Python's own parser takes minutes over some texts that are 60 KB long, such as a tag that never ends, again and again.
This one is for HTML in which tags end; what only looks like the start of a tag is text.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

#: What follows the name in a tag. A quotation mark matters only behind an equals sign.
_ATTRIBUTES = r"""(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
_PART = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<name>(?P<code>(?<!/)(?:script|style)(?![^\s/>]))|[a-z][^\s/<>]*+)"
    rf"(?P<attributes>{_ATTRIBUTES})"
    # What is in a script or a stylesheet is neither text nor markup.
    r"(?P<closes>>(?(code)(?:[^<]++|<(?!/(?P=code)(?![^\s/>])))*+))?+"
    r"|<[!?][^<>]*+>"
    r"|(?P<text><?[^<]*+)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>][^\s<>]*+)))?+"
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
    """Yield the tags, comments and texts of some HTML in order; texts with their character references resolved. A tag
    that closes itself, as in `<br/>`, is a start and an end; scripts and stylesheets have nothing in them.
    """
    for part in _PART.finditer(html):
        if part["closes"]:
            name = part["name"].lower()
            attributes, is_complete = _attributes(part["attributes"])
            yield Tag(name, bool(part["end"]), attributes)
            if is_complete and not part["end"]:
                yield Tag(name, True, {})
        elif part["comment"] is not None:
            yield Comment(part["comment"])
        elif part["name"] or part["text"]:
            yield unescape(part[0])


def _attributes(written: str) -> tuple[dict[str, str | None], bool]:
    """The attributes in a tag, by their names, and whether a slash behind them ends the element; of two with one name
    the first counts.
    """
    found: dict[str, str | None] = {}
    end = 0
    for each in _ATTRIBUTE.finditer(written):
        value = next((each[kind] for kind in ("double", "single", "bare") if each[kind] is not None), None)
        found.setdefault(each["name"].lower(), None if value is None else unescape(value))
        end = each.end()
    return found, written.endswith("/", end)
