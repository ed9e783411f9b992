"""Tags that were left out of their posts, where they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.further_checks import Found
from header_place import place_of

from ..codes import NO_ADDRESS


def tags_left_out(generator: Any) -> Iterator[Found]:
    """Yield each of them; `generator` is Pelican's of articles."""
    for post, name in getattr(generator, "tags_left_out", ()):
        text, span = place_of(post, "tags", "keywords", "category", value=name)
        diagnostic = Diagnostic(
            NO_ADDRESS,
            f"no address can be made of the tag `{name}`, which is left out",
            Label(span, "it has no letter and no digit"),
            help="write a word, or take the tag away",
            severity="warning",
        )
        yield Found(str(post.source_path), text, diagnostic)
