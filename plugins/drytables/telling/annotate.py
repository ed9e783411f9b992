"""What a page shows under a snippet, as HTML: the verdict in words, iptables' own words, and the lines to use today."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Figure:
    """The HTML to put before and behind the code block that Markdown makes of a fence."""

    opening: str
    closing: str


def figure(status: str, *paragraphs: str) -> Figure:
    """A figure for a code block; `paragraphs` is the HTML of its caption."""
    return Figure(
        f'<figure class="snippet snippet-{status}">', f"<figcaption>{''.join(paragraphs)}</figcaption></figure>"
    )


def verdict(strong: str, rest: str) -> str:
    """The verdict in a sentence, its first words set off. Both are HTML."""
    return f'<p class="verdict"><strong>{strong}</strong> {rest}</p>'


def says(words: str) -> str:
    """What iptables answers, quoted."""
    return f'<blockquote class="says"><p><code>{escape(words)}</code></p></blockquote>'


def paragraph(html: str) -> str:
    """One paragraph of the caption."""
    return f"<p>{html}</p>"


def code(text: str) -> str:
    """A few words of code in a sentence."""
    return f"<code>{escape(text)}</code>"


def shell_block(text: str, css_class: str) -> str:
    """Lines of shell, coloured as the fences of the page are, ready to be copied."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers.shell import BashLexer

    html: str = highlight(text, BashLexer(), HtmlFormatter(cssclass=f"highlight {css_class}", wrapcode=True))
    return html
