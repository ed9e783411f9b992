"""Blocks of code that read well: a Pelican plugin with an extension for Markdown.

- Code is coloured by pymdown-extensions, which knows the options of a fence: `hl_lines="2 4-6"` marks lines,
  `title="…"` heads it, `linenums="1"` numbers its lines; the numbers are no text, so that copying leaves them out.
  Lines can also be given as other generators write them: `{2,4-6}` and `{hl_lines=[2,"4-6"]}`. A title is text.
- A fence right under a line of text ends the paragraph. Python-Markdown leaves it inside, as `<p>…<div>`, which no
  browser keeps together.
"""

import re
from html import escape
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER
from pelican import Pelican, signals
from pymdownx.highlight import Highlight, HighlightExtension

#: What stands in the text for a block of HTML that is done.
_DONE = re.compile(re.escape(HTML_PLACEHOLDER).replace("%s", r"\d+"))
#: Lines as Docusaurus and VitePress name them, `{2,4-6}`, and as Hugo does, `[2,"4-6"]`.
_LINES = re.compile(r"""\[?["']?\d{1,6}(?:-\d{1,6})?["']?(?:,["']?\d{1,6}(?:-\d{1,6})?["']?)*\]?""")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")

#: Priorities among Python-Markdown's own processors of blocks (docs, "Extension API"): one above underlined headings
#: (60), for which a fence above a `---` would be the heading's text, and one just above paragraphs (10).
_ABOVE_HEADINGS, _ABOVE_PARAGRAPHS = 61, 11
#: Among the tree processors: after the footnotes (50) are put at the end, before what is inline (20).
_AFTER_FOOTNOTES = 45


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


class EndOfParagraph(BlockProcessor):
    """Makes a block of each line that stands for finished HTML; `only_first` looks at the first line alone."""

    def __init__(self, parser: Any, *, only_first: bool) -> None:
        super().__init__(parser)
        self.only_first = only_first

    def test(self, parent: Element, block: str) -> bool:
        """Whether such a line stands beside others in a block, if only beside an empty one."""
        if HTML_PLACEHOLDER[0] not in block or "\n" not in block:
            return False
        lines = block.rstrip("\n").split("\n")
        return any(map(_is_done, lines[:1] if self.only_first else lines))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the pieces of the first block in its place."""
        pieces: list[str] = []
        for is_done, group in groupby(blocks.pop(0).rstrip("\n").split("\n"), key=_is_done):
            lines = [*group]
            pieces += [line.strip() for line in lines] if is_done else ["\n".join(lines)]
        blocks[0:0] = pieces


def _is_done(line: str) -> bool:
    return _DONE.fullmatch(line.strip()) is not None


class FootnotesAfterCode(Treeprocessor):
    """Gives the link back from a footnote a paragraph of its own where code ends the note."""

    def run(self, root: Element) -> None:
        """Divide every such paragraph below `root`, in place."""
        for parent in root.iter("li"):
            last = parent[-1] if len(parent) else None
            done = _DONE.match(last.text or "") if last is not None and last.tag == "p" and len(last) else None
            if last is not None and done:
                code = Element("p")
                code.text = done[0]
                last.text = (last.text or "")[done.end() :].lstrip("\xa0\n")
                parent.insert(len(parent) - 1, code)


class _Highlighting(HighlightExtension):  # type: ignore[misc]
    """The extension of pymdown-extensions, with the highlighter above."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """What `superfences` colours code with."""
        return Colouring


class CodeBlocks(Extension):
    """The extension with all of the above. It keeps nothing of what it is added to, so that settings can be pickled."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add it to `md`. A guessed language would colour a transcript as something it is not."""
        options = {"css_class": "highlight", "guess_lang": False, "linenums_style": "pymdownx-inline"}
        _Highlighting(_enabled=True, **options).extendMarkdown(md)
        blocks = md.parser.blockprocessors
        blocks.register(EndOfParagraph(md.parser, only_first=True), "code_above_headings", _ABOVE_HEADINGS)
        blocks.register(EndOfParagraph(md.parser, only_first=False), "code_below_text", _ABOVE_PARAGRAPHS)
        md.treeprocessors.register(FootnotesAfterCode(md), "footnotes_after_code", _AFTER_FOOTNOTES)


def extend_markdown(pelican: Pelican) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(CodeBlocks())


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
