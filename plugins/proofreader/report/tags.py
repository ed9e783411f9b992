"""Tags that were left out of their posts, where they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found

from ..codes import NO_ADDRESS
from ..places.in_header import field, first_line
from ..places.texts import text_of


def tags_left_out(generator: Any) -> Iterator[Found]:
    """Yield each of them; `generator` is Pelican's of articles."""
    for post, name in getattr(generator, "tags_left_out", ()):
        path = str(post.source_path)
        text = text_of(path)
        span = field(text, ("tags", "keywords")) or first_line(text)
        at = text.find(name, span.start)
        yield Found(
            path,
            text,
            Diagnostic(
                NO_ADDRESS,
                f"no address can be made of the tag `{name}`, which is left out",
                Label(Span(at, at + len(name)) if at >= 0 else span, "it has no letter and no digit"),
                help="write a word, or take the tag away",
                severity="warning",
            ),
        )
