"""Blocks of code that read well: a Pelican plugin with an extension for Markdown.

- `info_strings.py`: the backticks may be followed by what any generator allows there, such as `js{1,3}` of Docusaurus;
- `colouring.py`: pymdown-extensions colours code, and knows the options of a fence: `hl_lines="2 4-6"` marks lines,
  `title="…"` heads it, `linenums="1"` numbers its lines; the numbers are not text, so copying leaves them out. Lines
  can also be given as other generators write them: `{2,4-6}` and `{hl_lines=[2,"4-6"]}`. A title is text;
- `paragraphs.py`: a fence right under a line of text ends the paragraph.
"""

from markdown import Markdown
from markdown.extensions import Extension
from pelican import Pelican, signals

from .colouring import Highlighting
from .info_strings import AnyInfo
from .paragraphs import EndOfParagraph, FootnotesAfterCode

#: Priorities among Python-Markdown's own processors of blocks (docs, "Extension API"): one above underlined headings
#: (60), for which a fence above a `---` would be the heading's text, and one just above paragraphs (10).
_ABOVE_HEADINGS, _ABOVE_PARAGRAPHS = 61, 11
#: Among the preprocessors: after the judging of commands (40) and the header (38), before `superfences` (25).
_BEFORE_FENCES = 26
#: Among the tree processors: after the footnotes (50) are put at the end, before what is inline (20).
_AFTER_FOOTNOTES = 45


class CodeBlocks(Extension):
    """The extension with all of the above. It keeps nothing of what it is added to, so that settings can be pickled."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add it to `md`."""
        Highlighting().extendMarkdown(md)
        md.preprocessors.register(AnyInfo(md), "any_info", _BEFORE_FENCES)
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
