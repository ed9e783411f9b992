"""The title of a post, which is text but for its code: `` Why `iptables -F` is not enough ``.

Whatever else a title holds, such as `<b>` or `*stars*`, comes out as its author typed it.
"""

import re
from html import escape

#: A span of code as in CommonMark: as many backticks at its end as at its beginning.
_CODE = re.compile(r"(?<!`)(?P<mark>`{1,3})(?!`)(?P<code>[^`]++(?:(?!(?P=mark)(?!`))`++[^`]++)*+)(?P=mark)(?!`)")


def as_html(title: str) -> str:
    """Return a title as HTML, for headings and lists."""
    pieces, at = [], 0
    for code in _CODE.finditer(title):
        pieces += [_text(title[at : code.start()]), f"<code>{_text(_within(code))}</code>"]
        at = code.end()
    return "".join([*pieces, _text(title[at:])])


def as_words(title: str) -> str:
    """Return a title as plain words, for `<title>`, cards, share links and feeds."""
    return _CODE.sub(_within, title)


def _within(code: re.Match[str]) -> str:
    words = code["code"]
    is_padded = words[0] == words[-1] == " " and words.strip() != ""
    return words[1:-1] if is_padded else words


def _text(words: str) -> str:
    return escape(words, quote=False).replace('"', "&quot;")
