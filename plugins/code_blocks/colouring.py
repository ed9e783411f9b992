"""The colours of code, its title, and the lines that are marked in it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from pymdownx.highlight import Highlight, HighlightExtension

#: Lines as Docusaurus and VitePress name them, `{2,4-6}`, and as Hugo does, `[2,"4-6"]`.
_LINES = re.compile(r"""\[?["']?\d{1,6}(?:-\d{1,6})?["']?(?:,["']?\d{1,6}(?:-\d{1,6})?["']?)*\]?""")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
#: A guessed language would colour a transcript as something it is not.
_OPTIONS = {"_enabled": True, "css_class": "highlight", "guess_lang": False, "linenums_style": "pymdownx-inline"}
#: These and the defaults of pymdown-extensions, which copies all of them, with explanations, for each text.
_CONFIG = HighlightExtension(**_OPTIONS).config


def lines_named(words: str, count: int) -> list[int]:
    """The numbers of the lines, from 1, that `2,4-6` or `[2,"4-6"]` names, of a block of `count` lines."""
    numbers: list[int] = []
    for first, last in _RANGE.findall(words):
        numbers += range(int(first), min(int(last or first), count) + 1)
    return numbers


class Colouring(Highlight):  # type: ignore[misc]
    """The highlighter of pymdown-extensions, with titles that are text and lines that other generators name."""

    def highlight(self, src: str, language: str, *positional: Any, **named: Any) -> Any:
        """The HTML of a block of code."""
        if named.get("title"):
            named["title"] = escape(named["title"])
        attributes = named.get("attrs") or {}
        for key, value in attributes.items():
            words = value if key == "hl_lines" else key
            if _LINES.fullmatch(words):
                named["hl_lines"] = [*(named.get("hl_lines") or ()), *lines_named(words, src.count("\n") + 1)]
        return super().highlight(src, language, *positional, **named)


class Highlighting(HighlightExtension):  # type: ignore[misc]
    """The extension of pymdown-extensions, with the highlighter above, and the same options for every text."""

    def __init__(self) -> None:
        self.config = _CONFIG

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """What `superfences` colours code with."""
        return Colouring
