"""Which setting puts an address onto the pages of a site, and where that is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import text_of

#: How deep lists and tables in settings are looked into.
_DEPTH = 4


def place_in_settings(value: str, settings: dict[str, Any]) -> tuple[str, str, Span, str] | None:
    """Return the path and the text of a settings file, the place of an address in it, and the setting; None if no
    setting is the address, or contains it in a list.
    """
    for name, thing in settings.items() if value.strip() else ():
        if not name.isupper():
            continue
        for written in (each for each in strings_in(thing) if each and each.strip("/") == value.strip("/")):
            for path in files_that_set(name, thing):
                text = text_of(path)
                at = text.find(written, max(text.find(f"{name} "), 0))
                if at >= 0:
                    return path, text, Span(at, at + len(written)), name
    return None


def strings_in(thing: Any, depth: int = _DEPTH) -> Iterator[str]:
    """Yield the words in a setting, and in the lists and tables in it."""
    if isinstance(thing, str):
        yield thing
    elif depth and isinstance(thing, dict):
        for each in thing.values():
            yield from strings_in(each, depth - 1)
    elif depth and isinstance(thing, list | tuple | set | frozenset):
        for each in thing:
            yield from strings_in(each, depth - 1)


def files_that_set(name: str, thing: Any) -> Iterator[str]:
    """Yield the paths of the modules that have a setting with this value: Pelican runs settings as modules."""
    for module in [*sys.modules.values()]:
        if isinstance(module, ModuleType) and vars(module).get(name) is thing and getattr(module, "__file__", None):
            yield str(module.__file__)
