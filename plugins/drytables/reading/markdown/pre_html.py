"""Code in a raw HTML `<pre>`: what a browser would show of it."""

from __future__ import annotations

import re
from html import unescape

from ..excerpt import Excerpt
from ..pattern import pattern

#: Elements that authors put around pieces of code; any other `<word>` in a `<pre>` is read as a placeholder.
_MARKUP = pattern(
    r"</?(?:a|b|code|del|em|font|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|tt|u|var)(?:\s[^<>]*)?>"
    r"|(?P<break><br\s*/?>)|(?P<entity>&(?:[a-zA-Z]\w*|#\d+|#[xX][0-9a-fA-F]+);)",
    re.IGNORECASE,
)
_LANGUAGE = pattern(r"""\s*<code\b[^<>]*\bclass\s*=\s*["']?(?:language-)?(?P<language>[\w#+-]+)""", re.IGNORECASE)


def language_of_pre(html: str) -> str:
    """The language that the `<code>` right after a `<pre>` states; empty if there is none."""
    match = _LANGUAGE.match(html)
    return match["language"] if match else ""


def without_markup(code: Excerpt) -> Excerpt:
    """The code without its tags, and with each entity replaced by its character."""
    pieces, at = [], 0
    for match in _MARKUP.finditer(code.text):
        pieces.append(code.cut(at, match.start()))
        span = code.span(match.start(), match.end())
        if match["entity"]:
            pieces.append(Excerpt.written_for(unescape(match["entity"]), span))
        elif match["break"]:
            pieces.append(Excerpt.written_for("\n", span))
        at = match.end()
    pieces.append(code.cut(at, len(code.text)))
    return Excerpt.join(pieces)
