"""Markup that works on a strict host and with a keyboard: a Pelican plugin.

- Python-Markdown aligns the cells of a table with `style="text-align: right"`, which a content security policy without
  'unsafe-inline' ignores. Here they get `class="align-right"`, which the stylesheet handles.
- `- [ ] to do` and `- [x] done` in a list become a box and a tick that are read aloud as words, instead of the unnamed
  form fields that other extensions produce.
- Code that is wider than the page scrolls inside its `<pre>`, and a table inside a `<div class="scroll">`. The Jinja
  filter `reachable` puts both in the Tab order, so that they can be scrolled without a mouse. It is a filter, applied
  last, so that no other plugin sees what it adds.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from pelican import Pelican, signals

_TABLE = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<end>/?)table(?:\s[^<>]*)?>", re.DOTALL | re.IGNORECASE)
_BOX, _END_OF_BOX = '<div class="scroll" tabindex="0">', "</div>"
_TASK = re.compile(r"\s*\[(?P<mark>[ xX])\]\s+")
_ALIGNED = re.compile(r"text-align: (left|center|right);")


class AlignmentAsClass(Treeprocessor):
    """Turns the alignment of table cells from a style into a class."""

    def run(self, root: Element) -> None:
        """Rewrite every cell below `root`, in place."""
        for cell in root.iter():
            aligned = _ALIGNED.fullmatch(cell.get("style", ""))
            if cell.tag in {"th", "td"} and aligned:
                del cell.attrib["style"]
                cell.set("class", f"align-{aligned[1]}")


class TaskLists(Treeprocessor):
    """Turns `[ ]` and `[x]` at the start of a list item into a box that says what it means."""

    def run(self, root: Element) -> None:
        """Rewrite every item below `root`, in place."""
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            task = _TASK.match(holder.text or "")
            if task:
                is_done = task["mark"] != " "
                box = Element(
                    "span", {"class": "task-box", "role": "img", "aria-label": "Done" if is_done else "To do"}
                )
                box.text = "☑" if is_done else "☐"
                box.tail = (holder.text or "")[task.end() :]
                holder.text = None
                holder.insert(0, box)
                item.set("class", "task")


class SiteMarkup(Extension):
    """The Markdown extension with the tree processors above."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add them to `md`, to run after tables and lists are built."""
        md.treeprocessors.register(AlignmentAsClass(md), "alignment_as_class", 5)
        md.treeprocessors.register(TaskLists(md), "task_lists", 5)


def reachable(html: str) -> Markup:
    """Return `html` with everything that may scroll sideways made reachable by keyboard."""
    return Markup(in_boxes(html).replace("<pre>", '<pre tabindex="0">'))


def in_boxes(html: str) -> str:
    """Return `html` with each table in a box of its own, also one in a cell of another; an unclosed one has none."""
    if "<table" not in html:
        return html
    open_tables: list[int] = []
    begins, ends = set(), set()
    for tag in _TABLE.finditer(html):
        if tag["end"] == "":
            open_tables.append(tag.start())
        elif tag["end"] and open_tables:
            begins.add(open_tables.pop())
            ends.add(tag.end())
    pieces, at = [], 0
    for place in sorted(begins | ends):
        pieces += [html[at:place], _END_OF_BOX * (place in ends), _BOX * (place in begins)]
        at = place
    return "".join([*pieces, html[at:]])


def extend_markdown(pelican: Pelican) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(SiteMarkup())


def add_filter(generator: Any) -> None:
    """Add the filter to the templates of a Pelican generator."""
    generator.env.filters["reachable"] = reachable


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
    signals.generator_init.connect(add_filter)
