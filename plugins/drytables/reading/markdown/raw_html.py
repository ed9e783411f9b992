"""Which HTML in a page keeps Markdown from being read, up to the next blank line."""

from __future__ import annotations

import re

from ..pattern import pattern

_TAG = pattern(r"</?(?P<name>[A-Za-z][\w.:-]*+)(?P<words>[^<>]*+)>?")
#: In Markdown Extra and kramdown, such an element contains Markdown.
_MARKDOWN = pattern(r"\bmarkdown\b")


def is_raw(html: str) -> bool:
    """Whether the HTML that begins with a tag is published as it stands.

    A component (`<Tabs>`, `<v-tabs>`) is none of HTML: whoever knows it reads the Markdown in it.
    """
    tag = _TAG.match(html.lstrip())
    if tag is None:
        return True
    is_component = tag["name"][0].isupper() or any(sign in tag["name"] for sign in "-.:")
    return not is_component and not _MARKDOWN.search(html)


def contains_nothing_to_read(html: str) -> bool:
    """Whether it is a comment, a script or the like."""
    return bool(re.match(r"\s*<(?:[!?]|(?i:script|style|textarea)\b)", html))
