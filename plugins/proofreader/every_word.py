"""All of Pelican's words in a tag are replaced: by itself it replaces one, and `<video src=… poster=…>` has two."""

from __future__ import annotations

from typing import Any

from pelican.contents import Content

#: No element has more attributes with addresses.
_MOST = 4

_replace_one: Any = Content._update_content


def replace_every(content: Any, html: str, siteurl: str) -> str:
    """Return HTML as Pelican's own function does, again and again where the text has a tag with several addresses."""
    replaced = str(_replace_one(content, html, siteurl) or "")
    facts = getattr(content, "proofread", None)
    for _ in range(_MOST if facts is not None and facts.shares_tags else 0):
        before, replaced = replaced, str(_replace_one(content, replaced, siteurl))
        if before == replaced:
            break
    return replaced


def take_over() -> None:
    """Have Pelican replace all."""
    Content._update_content = replace_every
