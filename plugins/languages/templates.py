"""What templates may ask for in the language of their page, which is that of its post, or else the site's own.

- `say("older_posts_page", number=2)`: words of the theme;
- `<html {{ language_attributes() }}>`: the language itself, as attributes of HTML.

A template that imports macros which use them imports them `with context`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from .direction import direction
from .tags import written_form
from .words import Tables


def language_of_page(context: Context) -> str:
    """Return the language of the page that a template makes, in the form that pages write."""
    shown = context.get("article") or context.get("page")
    return written_form(getattr(shown, "lang", "") or context["DEFAULT_LANG"])


def attributes(language: str) -> Markup:
    """Return the attributes of an element of HTML whose text is in a language."""
    runs = ' dir="rtl"' if direction(language) == "rtl" else ""
    return Markup('lang="{}"{}').format(written_form(language), Markup(runs))


def extend_templates(generator: Any) -> None:
    """Add all of this to the templates of a Pelican generator."""
    settings = generator.settings
    tables = Tables(Path(settings["THEME"], "words"), settings.get("WORDS", {}))

    @pass_context
    def say(context: Context, key: str, **values: Any) -> Markup:
        return tables.say(language_of_page(context), key, values)

    @pass_context
    def language_attributes(context: Context) -> Markup:
        return attributes(language_of_page(context))

    generator.env.globals["say"] = say
    generator.env.globals["language_attributes"] = language_attributes
