"""Numbers of parts that say nothing, or that are there twice, in the report of a build."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Source
from drytables.pelican_plugin.further_checks import Found, add_found
from drytables.pelican_plugin.showing import shown
from header_place import place_of
from pelican.contents import Content
from pelican.generators import ArticlesGenerator

from .codes import BAD_SERIES_INDEX, SAME_SERIES_INDEX
from .header import FACT, INDEX_FIELD, InSeries
from .series import Series

#: What is wrong with a number, and what to do.
_NOT_A_NUMBER = (
    "`{}` is not a number",
    "write one, such as `2`; parts without a number follow in the order of their dates",
)
_IN_NO_SERIES = ("`{}` is the number of a part, but of no series", "add a line such as `Series: Netfilter`")


def check_number(content: Content) -> None:
    """Note of a post that was just read that its number is none, or is that of no series."""
    said = getattr(content, FACT, None)
    if isinstance(said, InSeries) and said.typed and (said.number is None or not said.names):
        text, span = place_of(content, INDEX_FIELD)
        message, remedy = _NOT_A_NUMBER if said.names else _IN_NO_SERIES
        message = message.format(said.typed)
        found = Diagnostic(BAD_SERIES_INDEX, message, Label(span), help=remedy, severity="warning")
        add_found(content, text, found)


def check_order(generators: list[Any]) -> Iterator[Found]:
    """Report each part that has the number of the part before it. `generators` are Pelican's."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            for series, posts in generator.series_list:
                for before, post in pairwise(posts):
                    number = post.in_series.number
                    if number is not None and number == before.in_series.number:
                        yield _same_number(series, before, post)


def _same_number(series: Series, before: Any, post: Any) -> Found:
    text, span = place_of(post, INDEX_FIELD)
    their_text, theirs = place_of(before, INDEX_FIELD)
    line, column = Source(before.source_path, their_text).position(theirs.start)
    diagnostic = Diagnostic(
        SAME_SERIES_INDEX,
        f"another part of the series `{series.name}` has the number {post.in_series.typed} too",
        Label(span),
        notes=(f"the other is {shown(Path(before.source_path))}:{line}:{column}, which comes first",),
        help="give one of the two another number",
        severity="warning",
    )
    return Found(post.source_path, text, diagnostic)
