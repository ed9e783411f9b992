"""What smartypants leaves alone here: the options of commands, and comments."""

import re
from collections.abc import Callable
from typing import Any

import smartypants

from .quick import spare_time

#: What follows the sign that begins a tag. A `>` in a quoted value does not end it.
_REST_OF_TAG = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_DASH_BETWEEN_SPACES = re.compile(r"(?<=\s)--(?=\s)")


def dash_between_spaces(text: str) -> str:
    """Return `text`, HTML without tags, with a dash for each `--` between two spaces."""
    return _DASH_BETWEEN_SPACES.sub("&#8212;", text)


def split_at_tags(html: str) -> list[list[str]]:
    """Return `html` in pieces, ["tag", …] or ["text", …], as smartypants expects them.

    A comment is a tag, whatever it contains: smartypants' own splitter takes one with an inner `--` for text, as HTML 4
    did, and shows it on the page.
    """
    pieces = []
    at = 0
    last_of_comments, last_of_tags = html.rfind("-->"), html.rfind(">")
    is_each_quote_closed = True  # of the tags so far: to look on for its end in vain is done once
    while at <= (start := html.find("<", at)) < last_of_tags:
        is_comment = html.startswith("<!--", start) and start + len("<!--") <= last_of_comments
        if is_comment:
            end = html.index("-->", start + len("<!--")) + len("-->")
        else:
            tag = _REST_OF_TAG.match(html, start + 1) if is_each_quote_closed else None
            is_each_quote_closed &= tag is not None
            end = tag.end() if tag else html.index(">", start) + 1
        if start > at:
            pieces.append(["text", html[at:start]])
        pieces.append(["tag", html[start:end]])
        at = end
    if at < len(html):
        pieces.append(["text", html[at:]])
    return pieces


_REPLACED: dict[str, Callable[[str], Any]] = {
    "convert_dashes": dash_between_spaces,
    "_tokenize": split_at_tags,
}


def spare_options(_pelican: object = None) -> None:
    """Replace smartypants' own functions with those above: it has no setting for either dashes or comments."""
    for name, function in _REPLACED.items():
        setattr(smartypants, name, function)
    spare_time()
