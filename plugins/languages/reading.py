"""What is done while a post or page is read: its language is noted, and what Markdown and Pelican say in English is
said in it.
"""

from __future__ import annotations

import re
from typing import Any

from pelican import Pelican
from pelican.contents import Content

from .dates import date_in
from .tags import kept_form, wider
from .words import ENGLISH, MissingWords, Tables

#: What Markdown and its extensions put into the HTML of a post, each with a group for every key in the tables of words.
SAID_BY_MARKDOWN = re.compile(
    r'aria-label="(?:(?P<done>Done)|(?P<to_do>To do))" class="task-box"'
    r'|title="(?P<back_to_footnote>Jump back to footnote (?P<number>\d+) in the text)"'
    r'|<p class="admonition-title">(?:(?P<note>Note)|(?P<tip>Tip)|(?P<hint>Hint)|(?P<important>Important)'
    r"|(?P<attention>Attention)|(?P<caution>Caution)|(?P<warning>Warning)|(?P<danger>Danger)|(?P<error>Error))</p>"
)


def leave_locales_alone(pelican: Pelican) -> None:
    """Take the locales out of DATE_FORMATS: a machine may not have them, and Pelican would keep one set for all posts
    that it reads later. A language is enough to know the names of its months.
    """
    formats = pelican.settings["DATE_FORMATS"]
    pelican.settings["DATE_FORMATS"] = {
        kept_form(language): form[1] if isinstance(form, tuple | list) else form for language, form in formats.items()
    }


def keep_language(generator: Any, metadata: dict[str, Any]) -> None:
    """Write the language of a post in the form in which Pelican compares it; an empty one is the site's own."""
    if "lang" in metadata:
        metadata["lang"] = kept_form(str(metadata["lang"])) or kept_form(generator.settings["DEFAULT_LANG"])


def date_in_own_language(content: Content) -> None:
    """Write the dates of a post, which Pelican writes in English, in its language, for whatever theme shows them."""
    for name in ("date", "modified"):
        if hasattr(content, f"locale_{name}"):
            words = date_in(content.lang, getattr(content, name), content.date_format, content.settings)
            setattr(content, f"locale_{name}", words)


def say_in_own_language(content: Content) -> None:
    """Replace in the HTML of a post the words that are not its author's."""
    language = getattr(content, "lang", ENGLISH)
    if wider(language)[-1] == ENGLISH or not content._content:
        return
    tables = Tables.of(content.settings)

    def said(found: re.Match[str]) -> str:
        key = found.lastgroup if found["back_to_footnote"] is None else "back_to_footnote"
        try:
            words = tables.say(language, str(key), {"number": found["number"]})
        except MissingWords:  # another theme
            return found[0]
        return found[0].replace(found[str(key)], words)

    content._content = SAID_BY_MARKDOWN.sub(said, content._content)
