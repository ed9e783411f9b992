"""A Markdown extension in the place of Python-Markdown's `meta`, which Pelican asks for what a header says.

It takes the header off the text while its lines are still those of the file, and gives Pelican the fields in its own
words. What else is to be known of the header goes with the post: what is wrong with it, and `header`, an instance of
Facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import FOUND_IN_SOURCE, FoundInSource
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from .addresses import Place, Query
from .fields import known_by
from .header import Header, Notation, Text

#: After what judges the commands by the lines of the file (40), and before `normalize_whitespace` (30) makes others.
_PRIORITY = 38
#: The attribute of a post with its Facts.
FACTS = "header"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept of a post's header. `text` is the source up to the header's end, or its first line if there is none;
    the spans count from its beginning. The rest is that of translation.Translation. Facts are equal if they say the
    same, wherever that is.
    """

    notation: Notation
    text: str = field(compare=False)
    places: dict[str, Span] = field(compare=False)
    unknown: tuple[Text, ...] = ()
    missed: tuple[Text, ...] = ()
    aliases: tuple[tuple[Place, Span], ...] = ()
    queries: tuple[tuple[Query, Span], ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the source has a header at all."""
        return bool(self.places or self.unknown)


class HeadersExtension(Extension):
    """Reads headers. `settings` are Pelican's."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        self.settings = settings

    @cached_property
    def known(self) -> frozenset[str]:
        """The fields that the settings know, asked for when all plugins have had their say in these."""
        return known_by(self.settings)

    def __deepcopy__(self, _: object) -> HeadersExtension:
        return self  # some readers copy their settings, and those hold this

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place of `meta` as soon as all extensions have registered what they have."""
        md.registerExtension(_InPlaceOfMeta(md, self))  # type: ignore[arg-type]


class _InPlaceOfMeta:
    """Called when a Markdown instance is ready: before its first text and after each one."""

    def __init__(self, md: Markdown, extension: HeadersExtension) -> None:
        self.md, self.extension = md, extension
        self.is_done = False

    def reset(self) -> None:
        """Replace `meta`, once: Pelican takes it away before it converts the values of fields."""
        if not self.is_done and "meta" in self.md.preprocessors:
            self.md.preprocessors.register(_HeaderReader(self.md, self.extension), "meta", _PRIORITY)
        self.is_done = True


class _HeaderReader(Preprocessor):
    """Takes the header off a text, and leaves what it says in `md.Meta`."""

    def __init__(self, md: Markdown, extension: HeadersExtension) -> None:
        super().__init__(md)
        self.known, self.precision = extension.known, str(extension.settings.get("DATE_PRECISION", "day"))

    def run(self, lines: list[str]) -> list[str]:
        # With the first source that is read: what is remembered needs neither.
        from .meanings import translate
        from .reading import read_header

        header = read_header("\n".join(lines))
        translation = translate(header, self.known, self.precision)
        text = "\n".join(lines[: max(header.lines, _last_line_of(header, lines), 1)])
        facts = Facts(
            header.notation,
            text,
            translation.places,
            tuple(translation.unknown),
            tuple(translation.missed),
            tuple(translation.aliases),
            tuple(translation.queries),
        )
        found = FoundInSource(text, tuple(translation.faults))
        self.md.Meta = {**translation.meta, FACTS: [facts], FOUND_IN_SOURCE: [found]}  # type: ignore[attr-defined]
        return lines[header.lines :]


def _last_line_of(header: Header, lines: list[str]) -> int:
    """The last line that a fault is in, from 1: it may be below the header."""
    last = max((each.span.end for each in header.faults), default=0)
    number, at = 0, 0
    while at < last and number < len(lines):
        at += len(lines[number]) + 1
        number += 1
    return number
