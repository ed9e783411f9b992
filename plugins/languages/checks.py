"""Languages that do not exist, in the report of a build."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.dropped import all_contents
from drytables.pelican_plugin.further_checks import Found, Trouble
from header_place import place_of
from pelican.generators import ArticlesGenerator, PagesGenerator

from .codes import UNKNOWN_LANGUAGE
from .tags import kept_form

#: Languages that need not be looked up.
_KNOWN = frozenset({"en", "es"})
#: How the letters and signs of a tag are written in the form in which it is kept; the length of a text stays.
_AS_KEPT = {ord(each): kept_form(each) for each in f"{ascii_uppercase}_"}


def check_languages(generators: list[Any]) -> Iterator[Found | Trouble]:
    """Report each post and page whose language is none, and a DEFAULT_LANG that is none."""
    default = ""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator | PagesGenerator):
            default = kept_form(generator.settings["DEFAULT_LANG"])
            for content in all_contents(generator):
                if content.lang != default and (fault := _fault(content.lang)):
                    yield _found(content, fault)
    if default and (fault := _fault(default)):
        yield Trouble("DEFAULT_LANG", f"is `{default}`, which {fault[0]}; {fault[1]}")


@functools.cache
def _fault(tag: str) -> tuple[str, str] | None:
    """What is wrong with a language tag, and what to do about it; None if nothing is."""
    if tag in _KNOWN:
        return None
    from .cldr import fault_in_tag, meant_by

    fault = fault_in_tag(tag)
    if fault is None:
        return None
    meant = meant_by(tag)
    return fault, f"write `{meant}`" if meant else "write a language tag, such as `es`, `pt-BR` or `zh-Hant`"


def _found(content: Any, fault: tuple[str, str]) -> Found:
    text = Path(content.source_path).read_text(encoding="utf-8-sig", errors="replace")
    place = place_of(text.translate(_AS_KEPT), "lang", content.lang)
    typed = text[place.start : place.end]
    why, what_to_do = fault
    message = f"`{typed if kept_form(typed) == content.lang else content.lang}` {why}"
    return Found(str(content.source_path), text, Diagnostic(UNKNOWN_LANGUAGE, message, Label(place), help=what_to_do))
