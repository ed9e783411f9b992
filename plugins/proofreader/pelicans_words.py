"""Pelican's words, such as `{static}`, are replaced in whatever way a tag is written.

By itself Pelican replaces one in a tag, and `<video src=… poster=…>` has two; none in a `srcset`, in an attribute in
capitals or without quotes, or after a `>` in another value. And it leaves the signs of a file's name as they are: what
leads to `C#.png` would end at the number sign.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from pelican.contents import Content
from pelican.settings import DEFAULT_CONFIG

from .facts.nearby import file_behind
from .facts.targets import FILES, SOURCES, Target, site_of, target
from .kinds.html import with_sources
from .kinds.tags import with_values

#: The attributes in which Pelican replaces its words; also after a prefix, such as `data-src` and `xlink:href`.
_ATTRIBUTES = ("href", "src", "poster", "data", "cite", "formaction", "action", "content")
#: What is in a tag with a word, as Pelican has them unless a setting says otherwise; and what is in any with values.
_USUAL_WORD = DEFAULT_CONFIG["INTRASITE_LINK_REGEX"]
_MAY_HAVE_WORD, _HAS_VALUE = re.compile(r"[{|]"), re.compile("=")
#: What Pelican is given for one address, and gives back.
_PICTURE, _END = '<img src="', '">'
#: Signs in the name of a file that mean something else in an address, or nothing.
_MEANING = {ord(each): f"%{ord(each):02X}" for each in ' "#%<>?[\\]^`{|}'}

_replace_one: Any = Content._update_content


def replace_every(content: Any, html: str, siteurl: str) -> str:
    """Return HTML with all of Pelican's words replaced, as its own function does with those that it sees.

    That takes longer, so it is left to Pelican where nothing in the source of a post may have become such a word; and
    it does nothing where there is no sign of any.
    """
    is_usual = content.settings["INTRASITE_LINK_REGEX"] == _USUAL_WORD
    if not html or (is_usual and not _MAY_HAVE_WORD.search(html)):
        return str(html or "")
    facts = getattr(content, "proofread", None)
    if facts is not None and not facts.has_words:
        return str(_replace_one(content, html, siteurl))
    site = site_of(content.settings)

    def replaced(written: str) -> str:
        if not site.word.match(written):
            return written
        picture = str(_replace_one(content, f"{_PICTURE}{escape(written)}{_END}", siteurl))
        address = unescape(picture.removeprefix(_PICTURE).removesuffix(_END))
        where = target(written, site)
        return _with_name_encoded(content, address, where) if where is not None else address

    def changed(name: str, value: str) -> str:
        if name == "srcset":
            return with_sources(value, replaced)
        return replaced(value) if name.endswith(_ATTRIBUTES) else value

    return with_values(html, _MAY_HAVE_WORD if is_usual else _HAS_VALUE, changed)


def _with_name_encoded(content: Any, address: str, where: Target) -> str:
    """The address that a word has become, with the signs encoded that are in the name of the file that it leads to."""
    if where.word not in (*FILES, *SOURCES):
        return address
    file = content._context["static_content"].get(file_behind(where.path, content))
    if file is None or str(file.url) != str(file.save_as):  # someone has given the file an address of their own
        return address
    name = str(file.url)
    return address.replace(name, name.translate(_MEANING), 1)


def take_over() -> None:
    """Have Pelican replace all."""
    Content._update_content = replace_every
