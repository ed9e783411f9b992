"""Finds every address elsewhere that readers of a site are led to: in posts and pages, in menus, in templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import text_of
from header_place import end_of_header, first_line
from menu import LINKS
from proofreader.facts.targets import Site, site_of, target
from proofreader.kinds.html import addresses_in_html
from proofreader.places.in_settings import place_in_settings, strings_in
from proofreader.places.in_source import LinksInSource

from .mention import Mention, mention
from .reading import Sources

_WEB = re.compile(r"\s*(?:https?:)?//[^/?#\s]", re.IGNORECASE)
#: Names that RFC 2606 and RFC 6761 keep for examples: no host has them.
_EXAMPLE = re.compile(
    r"\s*(?:https?:)?//(?:[^/?#\s]*[.@])?(?:example\.(?:com|net|org)|example|test|invalid|localhost)\.?(?::\d*)?(?:[/?#]|\s*\Z)",
    re.IGNORECASE,
)
#: Attributes with an address that something is sent to, and that nobody is led to.
_SENT = frozenset({"action", "formaction"})
#: A whole address in a template, in which nothing is filled in.
_IN_TEMPLATE = re.compile(r"""\b(?:href|src)\s*=\s*["']((?:https?:)?//[^"'{}<>\s]+)["']""", re.IGNORECASE)


def mentions_in(sources: Sources) -> Iterator[Mention]:
    """Yield every mention of an address elsewhere, file by file."""
    site = site_of(sources.settings)
    for content in sorted(sources.contents, key=lambda each: str(each.source_path)):
        yield from _in_content(content, site)
    yield from _in_settings(sources.settings, site)
    yield from _in_templates(sources.settings, site)


def _leads_out(value: str, site: Site) -> bool:
    return bool(_WEB.match(value)) and not _EXAMPLE.match(value) and target(value, site) is None


def _in_content(content: Any, site: Site) -> Iterator[Mention]:
    fields = ((name, content.metadata.get(name)) for name in content.settings["FORMATTED_FIELDS"])
    parts = [("", content._content or ""), *((name, html) for name, html in fields if isinstance(html, str))]
    found = [
        (value, bool(field))
        for field, html in parts
        if "//" in html
        for _, attribute, value in addresses_in_html(html)
        if attribute not in _SENT and _leads_out(value, site)
    ]
    if not found:
        return
    path = str(content.source_path)
    text = text_of(path)
    places = LinksInSource(text, end_of_header(text))
    before: Counter[tuple[str, bool]] = Counter()
    seen: set[tuple[str, Span]] = set()
    for value, is_in_header in found:
        span = places.place(value, before[value, is_in_header], is_in_header)
        before[value, is_in_header] += 1
        if span is None:
            if is_in_header:  # a summary of the first words, which are in the text too
                continue
            span = first_line(text)
        if (value, span) not in seen:  # one definition may serve several links
            seen.add((value, span))
            yield mention(value, path, text, span)


def _in_settings(settings: dict[str, Any], site: Site) -> Iterator[Mention]:
    for value in dict.fromkeys(each for name in LINKS for each in strings_in(settings.get(name))):
        place = place_in_settings(value, settings) if _leads_out(value, site) else None
        if place is not None:
            path, text, span, _ = place
            yield mention(value, path, text, span)


def _in_templates(settings: dict[str, Any], site: Site) -> Iterator[Mention]:
    folders = (*settings["THEME_TEMPLATES_OVERRIDES"], Path(settings["THEME"], "templates"))
    for path in (path for folder in folders for path in sorted(Path(folder).rglob("*")) if path.is_file()):
        text = text_of(str(path))
        for found in _IN_TEMPLATE.finditer(text):
            if _leads_out(found[1], site):
                yield mention(found[1], str(path.absolute()), text, Span(*found.span(1)))
