"""Headers in reStructuredText and HTML, which Pelican's own readers read: the fields that they borrow from other
generators.

`:draft: true` withholds a post there too, `:lastmod:` is when it was changed, and in reStructuredText an unknown field
is reported. The names of `<meta>` elements are not: many are for browsers and other programs.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from drytables.diagnostics.diagnostic import Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import add_found, text_of
from header_place import end_of_header, place_of
from pelican.contents import Article, Content, Page
from pelican.readers import METADATA_PROCESSORS

from . import fields
from .header import Field, Text, key_of
from .kept_fields import note_name
from .markdown_extension import FACTS
from .status import STATUSES, take_switches
from .translation import Given, Translation

#: The attribute of a post with its Names.
NAMES = "names_in_header"
_FIELD = re.compile(r"^:(?P<name>[A-Za-z][\w -]*):(?=[ \t\n])", re.MULTILINE)
#: What docutils knows as fields of every document.
_OF_DOCUTILS = frozenset({"address", "organization", "contact", "version", "revision", "dedication"})
#: Fields of Pelican's that its readers take from these words as well as from their own.
_TAKEN = ("modified", "tags", "category", "authors", "slug", "summary", "lang")
_NOWHERE = Span(0, 0)


class Names(NamedTuple):
    """Names of fields that are reported once for all posts, and the part of the source that has them."""

    text: str
    unknown: tuple[Text, ...]
    missed: tuple[Text, ...]


def translate_metadata(generator: Any, metadata: dict[str, Any]) -> None:
    """Give a post or page that is being read, and is not Markdown, what its header says in another's words."""
    if FACTS in metadata:
        return
    given = _given(metadata)
    for ours in (each for each in _TAKEN if each not in metadata):
        said = next(
            (given[name].texts() for name in fields.MEANINGS[ours] if name in given and given[name].texts()), []
        )
        if said:
            take = METADATA_PROCESSORS.get(ours, lambda words, settings: words)
            metadata[ours] = take(said[0].words, generator.settings)
    typed = str(metadata.get("status", "")).lower()
    status = fields.STATUSES.get(typed, typed)
    done = Translation(meta={"status": [status]} if status in STATUSES else {})
    take_switches(given, done, fields.known_by(generator.settings))
    if "status" in done.meta and (status in STATUSES or not status):
        metadata["status"] = done.meta["status"][0]


def check_fields(content: Content) -> None:
    """Note of a post or page that was just read, and is not Markdown, which of its fields say nothing."""
    if not isinstance(content, Article | Page) or hasattr(content, FACTS):
        return
    for name, field in _given(content.metadata).items():
        if fields.is_about_status(name):
            done = Translation()
            take_switches({name: field}, done, fields.known_by(content.settings))
            for fault in done.faults:
                text, span = place_of(content, name)
                add_found(content, text, fault._replace(label=Label(span, fault.label.text)))
    if str(content.source_path).endswith(".rst"):
        text = text_of(str(content.source_path))
        header = text[: end_of_header(text)]
        done = Translation()
        known = _OF_DOCUTILS | fields.known_by(content.settings)
        for found in _FIELD.finditer(header):
            if found["name"].lower() in content.metadata:  # or else it is in the text itself
                note_name(Text(found["name"], Span(*found.span("name"))), done, known)
        if done.unknown or done.missed:
            setattr(content, NAMES, Names(header, tuple(done.unknown), tuple(done.missed)))


def _given(metadata: dict[str, Any]) -> Given:
    """Metadata as fields, without their places: those that are text, or true or false as a reader of YAML has it."""
    texts = (
        (name, str(value).lower() if isinstance(value, bool) else value)
        for name, value in metadata.items()
        if isinstance(value, str | bool)
    )
    return {key_of(name): Field(Text(name, _NOWHERE), Text(value, _NOWHERE)) for name, value in texts}
