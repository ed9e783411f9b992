"""What templates may ask for in the language of their page: that of its post or series, or else the site's own.

- `say("older_posts_page", number=2)`: words of the theme;
- `<html {{ language_attributes() }}>`: the language itself, as attributes of HTML;
- `<a{{ in_language(post.lang) }}>`: the same for an element whose text may be in another language, if it is;
- `post.date|strftime("%B %Y")`: a date, in place of Pelican's own filter;
- `post.lang|language_name` and `post.lang|language_tag`: `Español (Argentina)`, and `es-AR` for programs;
- `post.content|figures_in_english`: a post's HTML, in which the figures of drytables say in which language they are;
- `post|original`: the one of `post.versions` for those who read none of their languages.

A template that imports macros which use the first three imports them `with context`.
"""

from __future__ import annotations

from datetime import date, tzinfo
from functools import cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from .dates import date_in
from .direction import direction
from .tags import kept_form, wider, written_form
from .translations import original_of
from .words import ENGLISH, Tables

#: How a figure of drytables begins.
_FIGURE = '<figure class="snippet'


def language_of_page(context: Context) -> str:
    """Return the language of the page that a template makes."""
    shown = context.get("article") or context.get("page") or context.get("series")
    return kept_form(getattr(shown, "lang", "") or context["DEFAULT_LANG"])


def attributes(language: str) -> Markup:
    """Return the attributes of an element of HTML whose text is in a language."""
    runs = ' dir="rtl"' if direction(language) == "rtl" else ""
    return Markup('lang="{}"{}').format(written_form(language), Markup(runs))


@pass_context
def language_attributes(context: Context) -> Markup:
    """Return the attributes for the whole page."""
    return attributes(language_of_page(context))


@pass_context
def in_language(context: Context, language: str) -> Markup:
    """Return the attributes, each after a space, of an element in a language; nothing if that is the page's, or is not
    known.
    """
    around = language_of_page(context)
    if kept_form(language) in ("", around):
        return Markup("")
    turns_back = direction(around) == "rtl" and direction(language) == "ltr"
    return Markup(" ") + attributes(language) + Markup(' dir="ltr"' if turns_back else "")


@pass_context
def figures_in_english(context: Context, html: str) -> str:
    """Return the HTML of a post with the language, and if need be the direction, of what drytables says in it."""
    english = in_language(context, ENGLISH)
    is_english = wider(language_of_page(context))[-1] == ENGLISH
    return html if is_english else str(html).replace(_FIGURE, f"<figure{english}{_FIGURE.removeprefix('<figure')}")


def extend_templates(generator: Any) -> None:
    """Add all of this to the templates of a Pelican generator."""
    settings = generator.settings
    tables = Tables.of(settings)

    @pass_context
    def say(context: Context, key: str, **values: Any) -> Markup:
        return tables.say(language_of_page(context), key, values)

    @cache
    def written(language: str, when: date, _zone: tzinfo | None, form: str) -> str:
        """A date, which is in many lists. Times of different zones may be equal."""
        return date_in(language, when, form, settings)

    @pass_context
    def strftime(context: Context, when: date, form: str) -> str:
        return written(language_of_page(context), when, getattr(when, "tzinfo", None), form)

    functions = {"say": say, "language_attributes": language_attributes, "in_language": in_language}
    generator.env.globals.update(functions)
    generator.env.filters.update(
        strftime=strftime,
        figures_in_english=figures_in_english,
        language_tag=written_form,
        language_name=tables.name_of,
        original=original_of,
    )
