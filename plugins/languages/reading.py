"""What is done while a post or page is read: its language is noted, and its dates are written in it."""

from __future__ import annotations

from typing import Any

from pelican import Pelican
from pelican.contents import Content

from .dates import date_in
from .tags import kept_form


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
