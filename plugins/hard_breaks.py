"""A backslash at the end of a line breaks it, as in CommonMark: a Pelican plugin with an extension for Markdown.

Markdown of 2004 knows only two spaces there, which nobody sees and many editors remove.
"""

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from pelican import signals

#: Among the inline patterns: after `\\\\` is a backslash (180), beside the break of two spaces (100).
_PRIORITY = 99


class HardBreaks(Extension):
    """The extension."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add it to `md`."""
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard_break", _PRIORITY)


def extend_markdown(pelican: Any) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(HardBreaks())


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
