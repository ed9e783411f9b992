"""Languages that do not exist, in the report of a build."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.further_checks import Trouble, add_found
from header_place import place_of
from pelican.contents import Article, Content, Page

from .codes import UNKNOWN_LANGUAGE
from .tags import kept_form

#: Languages that need not be looked up.
_KNOWN = frozenset({"en", "es"})


def check_language(content: Content) -> None:
    """Note of a post or page that was just read that its language is none; for the site's own, the setting is wrong."""
    if not isinstance(content, Article | Page) or content.lang == kept_form(content.settings["DEFAULT_LANG"]):
        return
    fault = fault_of(content.lang)
    if fault is not None:
        why, what_to_do = fault
        text, span = place_of(content, "lang", "language", "locale")
        typed = text[span.start : span.end].strip("\"'")
        message = f"`{typed if kept_form(typed) == content.lang else content.lang}` {why}"
        add_found(content, text, Diagnostic(UNKNOWN_LANGUAGE, message, Label(span), help=what_to_do))


def check_default_language(generators: list[Any]) -> Iterator[Trouble]:
    """Report a DEFAULT_LANG that is none. `generators` are Pelican's."""
    default = kept_form(generators[0].settings["DEFAULT_LANG"])
    fault = fault_of(default)
    if fault is not None:
        why, what_to_do = fault
        yield Trouble("DEFAULT_LANG", f"is `{default}`, which {why}; {what_to_do}")


@functools.cache
def fault_of(tag: str) -> tuple[str, str] | None:
    """What is wrong with a language tag, and what to do about it; None if nothing is."""
    if tag in _KNOWN:
        return None
    from .cldr import fault_in_tag, meant_by

    fault = fault_in_tag(tag)
    if fault is None:
        return None
    meant = meant_by(tag)
    return fault, f"write `{meant}`" if meant else "write a language tag, such as `es`, `pt-BR` or `zh-Hant`"
