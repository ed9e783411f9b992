"""Ids that a text has more than once, at the second place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.further_checks import Found, text_of
from header_place import end_of_header, first_line

from ..codes import REPEATED_ID
from ..places.in_source import LinksInSource


def repeated_ids(contents: Iterable[Any]) -> Iterator[Found]:
    """Yield the ids that a post or page has twice."""
    for content in contents:
        facts = getattr(content, "proofread", None)
        for name in facts.repeated if facts else ():
            path = str(content.source_path)
            text = text_of(path)
            span = LinksInSource(text, end_of_header(text)).place_of_id(name, 1) or first_line(text)
            yield Found(
                path,
                text,
                Diagnostic(
                    REPEATED_ID,
                    f"the id `{name}` is on the page twice",
                    Label(span, "links to it lead to the first"),
                    help="give one of the two another id, such as `{#another}` at the end of a heading",
                    severity="warning",
                ),
            )
