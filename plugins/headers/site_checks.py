"""What is wrong with a header only in view of the rest of the site: old addresses that are taken, templates that the
theme lacks, and unknown fields, each of which is reported once for all files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found
from pelican.generators import ArticlesGenerator, PagesGenerator, PelicanTemplateNotFound
from proofreader.further_addresses import all_further
from proofreader.site.planned import COPIED, further_pages, planned

from .codes import BAD_FIELD, TAKEN_ADDRESS, WITHOUT_MEANING
from .fields import known_by
from .header import Text, fault, key_of
from .markdown_extension import FACTS, Facts
from .other_formats import NAMES, Names
from .redirects import aliases, files
from .unknown_fields import missed_field, unknown_field

#: The plugin that tells the host of a site where old addresses lead.
_HOSTS = "web_host"


def check(generators: list[Any]) -> Iterator[Found]:
    """Everything that these checks find."""
    reading = [each for each in generators if isinstance(each, ArticlesGenerator | PagesGenerator)]
    if not reading:
        return
    context = reading[0].context
    contents = sorted(filter(None, context["generated_content"].values()), key=lambda each: str(each.source_path))
    yield from _fields(contents, known_by(reading[0].settings))
    yield from _aliases(generators)
    if _HOSTS not in reading[0].settings["PLUGINS"]:
        yield from _queries(contents)
    yield from _templates([each for each in contents if isinstance(getattr(each, FACTS, None), Facts)], reading)


def _found(content: Any, diagnostic: Diagnostic) -> Found:
    return Found(str(content.source_path), content.header.text, diagnostic)


def _names(content: Any) -> Facts | Names | None:
    """What is known of the names in a header, whatever the format of the source."""
    names = getattr(content, FACTS, None) or getattr(content, NAMES, None)
    return names if isinstance(names, Facts | Names) else None


def _fields(contents: list[Any], known: frozenset[str]) -> Iterator[Found]:
    """Each field that nobody knows, or that is missed here, at the first place where it is."""
    headers = [(each, names) for each in contents if (names := _names(each)) is not None]
    for kind, diagnose in (("unknown", lambda name, more: unknown_field(name, known, more)), ("missed", missed_field)):
        first: dict[str, tuple[str, str, Text]] = {}
        times: dict[str, int] = {}
        for content, names in headers:
            for name in getattr(names, kind):
                key = key_of(name.words)
                first.setdefault(key, (str(content.source_path), names.text, name))
                times[key] = times.get(key, 0) + 1
        for key, (path, text, name) in first.items():
            yield Found(path, text, diagnose(name, times[key] - 1))


def _aliases(generators: list[Any]) -> Iterator[Found]:
    """Each old address that is another page's, or that leads to two."""
    old = [*aliases(generators[0].context)]
    if not old:
        return
    taken: dict[str, Any] = dict(_files(generators))
    for content, place, span in old:
        owner = taken.setdefault(place.save_as, content)
        if owner is not content:
            yield _found(content, _taken(place.url, owner, span))


def _queries(contents: list[Any]) -> Iterator[Found]:
    """Each old address that no page can be at, in a site whose plugins tell its host of none."""
    for content in contents:
        for query, span in getattr(getattr(content, FACTS, None), "queries", ()):
            address = f"/{query.path}?{query.asked}"
            message = f"nothing can lead from `{address}` to this post"
            advice = f'remove it, or add "{_HOSTS}" to PLUGINS, which tells the web host of it'
            reason = "no file can be at an address with `?`"
            yield _found(content, fault(WITHOUT_MEANING, message, span, reason, help=advice, severity="warning"))


def _taken(url: str, owner: Any, span: Span) -> Diagnostic:
    if isinstance(owner, str):
        message = f"`/{url}` is the address of {owner}"
    else:
        message = f"`/{url}` is also an old address of `{owner.get_relative_source_path()}`"
    return fault(TAKEN_ADDRESS, message, span, help="remove it here, or give the other page another address")


def _files(generators: list[Any]) -> Iterator[tuple[str, str]]:
    """The files that the site has without those of old addresses, each with whose it is."""
    for name in Counter(all_further(generators)) - Counter(files(generators)):
        yield name, "what another plugin writes"
    for name in further_pages(generators):
        yield name, "a later page of a list"
    for each in planned(generators):
        if each.content is None:
            yield each.name, each.kind
        else:
            source = each.content if each.kind == COPIED else each.content.get_relative_source_path()
            yield each.name, f"`{source}`"


def _templates(contents: Iterable[Any], generators: list[Any]) -> Iterator[Found]:
    """Each template that a header names and that the theme does not have."""
    for content in contents:
        span = content.header.places.get("template")
        if span is None or not content.template:
            continue
        try:
            generators[0].get_template(content.template)
        except PelicanTemplateNotFound:
            message = f"the theme has no template `{content.template}`"
            yield _found(content, fault(BAD_FIELD, message, span, help="remove the line, or name one of the theme's"))
