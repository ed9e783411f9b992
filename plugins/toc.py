"""A table of contents for posts that are long enough to need one: a Pelican plugin that adds a Jinja filter.

`{% for heading in article.content|section_headings %}` iterates over a post's headings of the second and third level
that have an id (Markdown's `toc` extension gives them one). The theme decides how many make a post long.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from markupsafe import Markup
from pelican import signals

#: A heading, in which no other begins: one that is never closed does not swallow the rest of the post.
_HEADING = re.compile(
    r"<h(?P<level>[23])\b(?P<attributes>[^<>]*)>(?P<words>[^<]*+(?:<(?!/?h[23]\b)[^<]*+)*+)</h(?P=level)>"
)
_ID = re.compile(r'\bid="(?P<id>[^"]+)"')
_LINK_OR_NOTE = re.compile(r"<sup\b[^<]*+(?:<(?!/?sup\b)[^<]*+)*+</sup>|</?a\b[^<>]*>")


@dataclass(frozen=True)
class Heading:
    """One heading: its level (2 or 3), its id, and its words as HTML without links."""

    level: int
    id: str
    words: Markup


def section_headings(html: str) -> list[Heading]:
    """Return the headings of a post's HTML, in order."""
    return [
        Heading(int(heading["level"]), unescape(id_match["id"]), Markup(_LINK_OR_NOTE.sub("", heading["words"])))
        for heading in _HEADING.finditer(html)
        if (id_match := _ID.search(heading["attributes"]))
    ]


def add_filter(generator: Any) -> None:
    """Add the filter to the templates of a Pelican generator."""
    generator.env.filters["section_headings"] = section_headings


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.generator_init.connect(add_filter)
