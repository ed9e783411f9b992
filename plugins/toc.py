"""A table of contents for posts that are long enough to need one, and links to sections: a Pelican plugin that adds two
Jinja filters.

`{% for heading in article.content|section_headings %}` iterates over a post's headings of the second and third level
that have an id (Markdown's `toc` extension gives them one). The theme decides how many make a post long.

`{{ article.content|with_links_to_sections("Link to this section") }}` puts a link to itself after each of these
headings, which is named so. It is a filter, applied last, so that the headings are elsewhere as they were written.
"""

import re
from dataclasses import dataclass
from html import escape, unescape
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


def with_links_to_sections(html: str, name: str) -> Markup:
    """Return a post's HTML with a link to each heading after its words, which screen readers call `name`."""

    def linked(heading: re.Match[str]) -> str:
        found = _ID.search(heading["attributes"])
        if not found:
            return heading[0]
        end = f"</h{heading['level']}>"
        link = f'<a class="to-section" href="#{found["id"]}" aria-label="{escape(name)}">#</a>'
        return f"{heading[0].removesuffix(end)}{link}{end}"

    return Markup(_HEADING.sub(linked, html))


def add_filters(generator: Any) -> None:
    """Add the filters to the templates of a Pelican generator."""
    generator.env.filters["section_headings"] = section_headings
    generator.env.filters["with_links_to_sections"] = with_links_to_sections


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.generator_init.connect(add_filters)
