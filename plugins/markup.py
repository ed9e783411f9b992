"""Markup that a strict host and a keyboard can live with: a Pelican plugin.

- Python-Markdown aligns the cells of a table with `style="text-align: right"`, which a content security policy without
  'unsafe-inline' ignores. Here they get `class="align-right"`, and the stylesheet knows what to do.
- Code that is wider than the page scrolls inside its `<pre>`. The Jinja filter `reachable` gives it a place in the order
  of the Tab key, so that it scrolls without a mouse too. It is a filter, applied last, so that no other plugin meets it.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from pelican import Pelican, signals

_ALIGNED = re.compile(r"text-align: (left|center|right);")


class AlignmentAsClass(Treeprocessor):
    """Rewrites the alignment of table cells from a style to a class."""

    def run(self, root: Element) -> None:
        """Rewrite every cell below `root`, in place."""
        for cell in root.iter():
            aligned = _ALIGNED.fullmatch(cell.get("style", ""))
            if cell.tag in {"th", "td"} and aligned:
                del cell.attrib["style"]
                cell.set("class", f"align-{aligned[1]}")


class AlignTablesByClass(Extension):
    """The Markdown extension that carries the tree processor above."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add it to `md`, after the tables are made."""
        md.treeprocessors.register(AlignmentAsClass(md), "alignment_as_class", 5)


def reachable(html: str) -> Markup:
    """Return `html` with every `<pre>` in it reachable by keyboard."""
    return Markup(html.replace("<pre>", '<pre tabindex="0">'))


def extend_markdown(pelican: Pelican) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(AlignTablesByClass())


def add_filter(generator: Any) -> None:
    """Give the templates of a Pelican generator the filter."""
    generator.env.filters["reachable"] = reachable


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
    signals.generator_init.connect(add_filter)
