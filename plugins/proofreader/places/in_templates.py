"""Which template puts an address onto pages, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import text_of

#: What is before an address in a template: the site's own, or the beginning of a value, or of words in brackets.
_SITE = re.compile(r"(\{\{-?\s*(?:SITEURL|CANONICAL_SITE)\s*-?\}\})?\Z")
_BEFORE, _BEHIND = frozenset("\"'(=>, \t\n}"), frozenset("\"')<>, \t\n\\")
#: The value of an attribute in which something is filled in, and that.
_VALUE = re.compile(r"""=\s*(?:"(?P<double>(?:\{\{[^}]*+\}\}|[^"])*+)"|'(?P<single>(?:\{\{[^}]*+\}\}|[^'])*+)')""")
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
#: How many signs of such a value must be fixed, at least, for it to be taken for the place.
_FIXED = 5


def place_in_templates(value: str, folders: Iterable[str]) -> tuple[str, str, Span] | None:
    """Return the path and the text of a template and the place of an address in it: as it stands, or else the value
    that may have become it and has most of its signs. None if there is none.

    `value` is the address without the site's own in front of it.
    """
    texts = [(str(path), text_of(str(path))) for folder in folders for path in _files(folder)]
    for path, text in texts:
        for span in _as_it_stands(value, text):
            return path, text, span
    filled = [(fixed, path, text, span) for path, text in texts for fixed, span in _filled_in(value, text)]
    best = max(filled, key=lambda each: each[0], default=None)
    return best[1:] if best else None


def _files(folder: str) -> Iterator[Path]:
    yield from (each for each in sorted(Path(folder).rglob("*")) if each.is_file())


def _as_it_stands(value: str, text: str) -> Iterator[Span]:
    at = text.find(value) if value else -1
    while at >= 0:
        end = at + len(value)
        site = _SITE.search(text[max(at - 40, 0) : at])
        start = at - len(site[0]) if site else at
        if text[start - 1 : start] in _BEFORE and text[end : end + 1] in _BEHIND:
            yield Span(start, end)
        at = text.find(value, end)


def _filled_in(value: str, text: str) -> Iterator[tuple[int, Span]]:
    """The values in a template that may have become an address, each with how many signs of it are fixed."""
    for found in _VALUE.finditer(text):
        group = "double" if found["double"] is not None else "single"
        parts = _FILLED_IN.split(found[group])
        fixed = sum(map(len, parts))
        if len(parts) > 1 and fixed >= _FIXED and _is_made_of(value, parts):
            yield fixed, Span(*found.span(group))


def _is_made_of(value: str, parts: list[str]) -> bool:
    """Whether a value has these parts in their order, from its beginning to its end, whatever is between."""
    first, *others = parts
    at = value.startswith(first) * len(first) if first else 0
    if first and not at:
        return False
    for part in others[:-1]:
        at = value.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return value.endswith(others[-1]) and len(value) - len(others[-1]) >= at
