"""What is wrong with a header only beside the rest of the site: old addresses that are taken, templates that the theme
lacks, and fields that nobody knows, of which each is told once for all files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found
from pelican.generators import ArticlesGenerator, PagesGenerator, PelicanTemplateNotFound

from .codes import BAD_FIELD, TAKEN_ADDRESS
from .fields import known_by
from .header import Text, fault, key_of
from .markdown_extension import FACTS, Facts
from .redirects import aliases
from .unknown_fields import missed_field, unknown_field


def check(generators: list[Any]) -> Iterator[Found]:
    """Everything that these checks find."""
    reading = [each for each in generators if isinstance(each, ArticlesGenerator | PagesGenerator)]
    if not reading:
        return
    context = reading[0].context
    contents = [each for each in context["generated_content"].values() if isinstance(getattr(each, FACTS, None), Facts)]
    contents.sort(key=lambda each: str(each.source_path))
    yield from _fields(contents, known_by(reading[0].settings))
    yield from _aliases(context, generators)
    yield from _templates(contents, reading)


def _found(content: Any, diagnostic: Diagnostic) -> Found:
    return Found(str(content.source_path), content.header.text, diagnostic)


def _fields(contents: list[Any], known: frozenset[str]) -> Iterator[Found]:
    """Each field that nobody knows, or that is missed here, at the first place where it is."""
    for kind, diagnose in (("unknown", lambda name, more: unknown_field(name, known, more)), ("missed", missed_field)):
        first: dict[str, tuple[Any, Text]] = {}
        files: dict[str, int] = {}
        for content in contents:
            for name in getattr(content.header, kind):
                key = key_of(name.words)
                first.setdefault(key, (content, name))
                files[key] = files.get(key, 0) + 1
        for key, (content, name) in first.items():
            yield _found(content, diagnose(name, files[key] - 1))


def _aliases(context: dict[str, Any], generators: list[Any]) -> Iterator[Found]:
    """Each old address that is another page's, or that leads to two."""
    old = [*aliases(context)]
    if not old:
        return
    taken = dict(_files(context, generators))
    for content, place, span in old:
        owner = taken.get(place.save_as)
        if owner is not None:
            yield _found(content, _taken(place.url, owner, span))
        taken.setdefault(place.save_as, f"also an old address of `{content.get_relative_source_path()}`")


def _taken(url: str, owner: str, span: Span) -> Diagnostic:
    message = f"`/{url}` is {owner}" if owner.startswith("also") else f"`/{url}` is the address of {owner}"
    return fault(TAKEN_ADDRESS, message, span, help="remove it here, or give the other page another address")


def _files(context: dict[str, Any], generators: list[Any]) -> Iterator[tuple[str, str]]:
    """The files that the site has, each with whose it is."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            settings = generator.settings
            for name in settings["DIRECT_TEMPLATES"]:
                yield settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html"), f"the page `{name}`"
            for kind, lists in (
                ("tag", generator.tags),
                ("category", generator.categories),
                ("author", generator.authors),
                ("series", getattr(generator, "series_list", [])),
            ):
                for each, *_ in lists.items() if isinstance(lists, dict) else lists:
                    yield each.save_as, f"the {kind} `{each}`"
            for archives in generator.period_archives.values():
                yield from ((archive["save_as"], "an archive") for archive in archives)
    for static in context.get("staticfiles", ()):
        yield static.save_as, f"`{static.source_path}`"
    for content in context["generated_content"].values():
        if content is not None and content.status != "draft":
            yield content.save_as, f"`{content.get_relative_source_path()}`"


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
