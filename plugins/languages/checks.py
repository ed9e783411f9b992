"""Languages that do not exist, in the report of a build."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.dropped import all_contents
from drytables.pelican_plugin.further_checks import Found, Trouble
from pelican.generators import ArticlesGenerator, PagesGenerator

from .codes import UNKNOWN_LANGUAGE
from .tags import kept_form

#: Languages that need not be looked up.
_KNOWN = frozenset({"en", "es"})
#: The line of a header that names the language, in whichever form headers have.
_FIELD = re.compile(r"^\W*(?:meta\s+name=\W?)?lang(?:uage)?\b", re.IGNORECASE)


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
    place = _place(text, content.lang)
    typed = text[place.start : place.end] if place.start else content.lang
    why, what_to_do = fault
    diagnostic = Diagnostic(UNKNOWN_LANGUAGE, f"`{typed}` {why}", Label(place), help=what_to_do)
    return Found(str(content.source_path), text, diagnostic)


def _place(text: str, tag: str) -> Span:
    """Where a header names a language: its value, or else the whole of the first line."""
    start = 0
    for line in text.split("\n"):
        at = kept_form(f".{line}.").rfind(tag) - 1 if _FIELD.match(line) else -1
        if at > 0:
            return Span(start + at, start + at + len(tag))
        start += len(line) + 1
    return Span(0, max(text.find("\n"), 1))
