"""Pages at the old addresses of posts (`aliases`, `redirect_from`), which lead to the new ones without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drytables.diagnostics.source import Span
from pelican.generators import Generator

from .addresses import Place
from .markdown_extension import FACTS, Facts

_TEMPLATE = Path(__file__).with_name("redirect.html")


def aliases(context: dict[str, Any]) -> Iterator[tuple[Any, Place, Span]]:
    """Each old address of a post or page that is published, with its place in the header; sources in order. `/old` and
    `/old/` are one.
    """
    contents = [each for each in context["generated_content"].values() if each is not None]
    with_some = [each for each in contents if isinstance(getattr(each, FACTS, None), Facts) and each.header.aliases]
    for content in sorted(with_some, key=lambda each: str(each.source_path)):
        if content.status in ("published", "hidden"):
            own = {place.save_as: (place, span) for place, span in reversed(content.header.aliases)}
            own.pop(content.save_as, None)
            yield from ((content, place, span) for place, span in reversed(own.values()))


def files(generators: list[Any]) -> list[str]:
    """The files of these pages, below the output: links may lead to them. `generators` are Pelican's."""
    return [place.save_as for _, place, _ in aliases(generators[0].context)]


class RedirectsGenerator(Generator):  # type: ignore[misc]
    """Writes a page for each alias."""

    def generate_output(self, writer: Any) -> None:
        """Write them; Pelican calls this when all sources are read."""
        template = None
        for content, place, _ in aliases(self.context):
            template = template or self.env.from_string(_TEMPLATE.read_text(encoding="utf-8"))
            writer.write_file(place.save_as, template, self.context, url=place.url, moved=content)


def generators(_pelican: object) -> type[RedirectsGenerator]:
    """The generators of this plugin."""
    return RedirectsGenerator
