"""All of Pelican's words in a tag are replaced. By itself it replaces one, and `<video src=… poster=…>` has two; it
replaces none in a `srcset`, which may have many.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from pelican.contents import Content

from .facts.references import with_sources
from .html.tags import with_values

#: No element has more attributes with addresses.
_MOST = 4
_HAS_SET = re.compile(r"srcset\s*=", re.IGNORECASE)
#: What Pelican is given for an address in a `srcset`, and gives back.
_PICTURE, _END = '<img src="', '">'

_replace_one: Any = Content._update_content


def replace_every(content: Any, html: str, siteurl: str) -> str:
    """Return HTML as Pelican's own function does, again and again where the text has a tag with several addresses."""
    replaced = str(_replace_one(content, html, siteurl) or "")
    facts = getattr(content, "proofread", None)
    for _ in range(_MOST if facts is not None and facts.shares_tags else 0):
        before, replaced = replaced, str(_replace_one(content, replaced, siteurl))
        if before == replaced:
            break
    return _in_sets(content, replaced, siteurl) if facts is not None and facts.has_sets else replaced


def _in_sets(content: Any, html: str, siteurl: str) -> str:
    """HTML with Pelican's words in `srcset` replaced as in `src`."""

    def address(written: str) -> str:
        picture = str(_replace_one(content, f"{_PICTURE}{escape(written)}{_END}", siteurl))
        return unescape(picture.removeprefix(_PICTURE).removesuffix(_END))

    return with_values(html, _HAS_SET, lambda name, value: with_sources(value, address) if name == "srcset" else value)


def take_over() -> None:
    """Have Pelican replace all."""
    Content._update_content = replace_every
