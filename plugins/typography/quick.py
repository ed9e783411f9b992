"""The same typography in less time: typogrify and smartypants try a dozen patterns on every piece of text.

On a post with a few figures that took a sixth of the time in which it is read. What is here gives the same HTML
(tests/typography/test_quick.py), unless a tag in it is never closed.
"""

import re
from collections.abc import Callable

import smartypants
from typogrify import filters

#: What a text must contain for a function of smartypants' to change it.
_NEEDED = {
    "process_escapes": ("\\",),
    "convert_ellipses": ("...", ". . ."),
    "convert_backticks": ("``", "''"),
    "convert_quotes": ("'", '"'),
}
#: What HTML must contain, other than in its tags, for any of them to change it.
_SIGNS = ("\\", "...", ". . .", "``", "'", '"', "&quot;", "--")
_TAG = re.compile(r"<[^<>]*>")

_END_OF_BLOCK = re.compile(r"</(?:p|h[1-6]|li|dt|dd)>")
_END_OF_WORDS = ("</a>", "</em>", "</span>", "</strong>", "</i>", "</b>")
#: How a tag begins after which two words belong together; `<abbr>` and the like are among them. For typogrify `<br>` is
#: too, and the one word of a line would be indented.
_TAG_AMONG_WORDS = re.compile(r"</?(?!br\b)(?:a|em|span|strong|i|b)")

_curl = smartypants.smartypants
_converting = {name: getattr(smartypants, name) for name in _NEEDED}


def where_needed(convert: Callable[[str], str], needed: tuple[str, ...]) -> Callable[[str], str]:
    """Return a function that leaves texts alone in which `convert` would change nothing."""
    return lambda text: convert(text) if any(each in text for each in needed) else text


def curl(html: str) -> str:
    """Return HTML as smartypants does, which need not be asked if nothing outside tags is for it."""
    words = _TAG.sub("", html)
    return str(_curl(html)) if any(sign in words for sign in _SIGNS) else html


def join_last_words(html: str) -> str:
    """Return HTML with the last two words of each block, and of the whole, joined as typogrify's `widont` does.

    Its pattern looks for the end of the block after every word.
    """
    pieces, at = [], 0
    for end in [*_END_OF_BLOCK.finditer(html), None]:
        space = _last_space(html, at, end.start() if end else len(html))
        if space:
            pieces += [html[at : space[0]], "&nbsp;", html[space[1] : end.end() if end else len(html)]]
            at = end.end() if end else len(html)
    return "".join([*pieces, html[at:]])


def _last_space(html: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the space is between the last two words of `html[start:end]`; None if there are not two in a row."""
    word_end = _before_space(html, start, end)
    while html.endswith(_END_OF_WORDS, start, word_end):
        word_end = _before_space(html, start, html.rindex("<", start, word_end))
    word = word_end
    while word > start and html[word - 1] not in "<>" and not html[word - 1].isspace():
        word -= 1
    space = _before_space(html, start, word)
    if word == word_end or space in (word, start) or html[space - 1] == "<":
        return None
    if html[space - 1] == ">":
        tag = max(html.rfind(">", start, space - 1) + 1, start)
        if not _TAG_AMONG_WORDS.search(html, tag, space - 1):
            return None
    return space, word


def _before_space(html: str, start: int, end: int) -> int:
    """Where the space begins that ends at `end`; not before `start`."""
    while end > start and html[end - 1].isspace():
        end -= 1
    return end


def spare_time(_pelican: object = None) -> None:
    """Replace the functions of both libraries with those above."""
    for name, needed in _NEEDED.items():
        setattr(smartypants, name, where_needed(_converting[name], needed))
    smartypants.smartypants = curl
    filters.widont = join_last_words
