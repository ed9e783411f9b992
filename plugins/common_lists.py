"""Lists as CommonMark has them: a Pelican plugin with an extension for Markdown.

Python-Markdown takes a line as part of an item only if it is indented by four blanks, and starts a list only after a
blank line. In other generators an item holds whatever is indented as far as its text, by two or three blanks, and a
list may follow a line of text. Posts written for those would see nested lists become one list, and numbering start over
after a paragraph in an item. So such lines are indented to what Python-Markdown takes; those that it takes as they are
stay so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER
from pelican import Pelican, signals

#: By how many blanks Python-Markdown indents, for each level.
_LEVEL = 4
_ITEM = re.compile(r"(?P<marker>(?:[-*+]|\d{1,9}\.)[ \t]+)(?=\S)")
#: A rule of hyphens or stars.
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}\Z")
#: What begins a list right below a text: any bullet, but no other number than 1, which may be part of a sentence.
_BEGINS = re.compile(r"[ ]{0,3}(?:[-*+]|1\.)[ \t]+\S")
#: Lines that a list right below does not cut off a paragraph: headings, quotes, tables, definitions, notes and boxes.
_NO_TEXT = re.compile(r"[ ]{0,3}(?:#|>|\||:[ \t]|\[[^\]]+\]:|\*\[|!!!|\?\?\?|///|=+\s*\Z|-+\s*\Z)|[ ]{4}|\t")
#: Among the preprocessors: after code (25) and raw HTML (20), of which a line each is left.
_BEHIND_HTML = 15


@dataclass
class _Item:
    """An open item: the columns at which its text begins, as typed and with the items around it shifted; and how far
    its lines are to be shifted, which the first of them says.
    """

    typed_at: int
    text_at: int
    shift: int | None = None


class CommonLists(Preprocessor):
    """Indents what is in an item by four blanks a level, and parts a list from the line of text above it."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with those of lists indented."""
        done: list[str] = []
        items: list[_Item] = []
        before = ""
        for line in lines:
            if not line.strip():
                before = ""
                done.append(line)
                continue
            if not items and before and _BEGINS.match(line) and _is_text(before) and not _RULE.match(line.strip()):
                done.append("")
                before = ""
            done.append(_shifted(line, items, is_below_text=bool(before)))
            before = line
        return done


def _is_text(line: str) -> bool:
    return not _NO_TEXT.match(line) and HTML_PLACEHOLDER[0] not in line and "|" not in line


def _shifted(line: str, items: list[_Item], *, is_below_text: bool) -> str:
    """A line, indented as far as the open items ask; those that end before it are closed, and one that it opens is
    added. Right below text a line may be part of an item wherever it begins.
    """
    spaced = line.expandtabs(_LEVEL)
    words = spaced.lstrip(" ")
    typed = at = len(spaced) - len(words)
    item = None if _RULE.match(words) else _ITEM.match(words)
    if is_below_text and words.startswith((">", "#")):
        return line  # which ends the text only where it is indented less than four blanks
    for depth, each in enumerate(items, 1):
        if at < each.text_at:
            if is_below_text and not item:
                return line
            del items[depth - 1 :]
            break
        if each.shift is None:
            each.shift = max(0, depth * _LEVEL - at)
        at = max(depth * _LEVEL, at + each.shift) if each.shift else at
    depth = len(items)
    if item and at < (depth + 1) * _LEVEL:
        width = min(len(item["marker"]), _LEVEL)
        items.append(_Item(typed + width, at + width))
    elif items and any(each.shift for each in items) and typed >= items[-1].typed_at + _LEVEL:
        at = typed - items[-1].typed_at + depth * _LEVEL  # code
    elif typed >= (depth + 1) * _LEVEL:
        return line  # code as Python-Markdown has it
    elif not item:
        at = min(at, depth * _LEVEL + _LEVEL - 1)
    return line if at == typed else " " * at + words


class CommonListsExtension(Extension):
    """The extension with the above."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add it to `md`."""
        md.preprocessors.register(CommonLists(md), "common_lists", _BEHIND_HTML)


def extend_markdown(pelican: Pelican) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(CommonListsExtension())


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
