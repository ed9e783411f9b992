"""Where the figures of a Markdown text go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...page.report import Report, Snippet
from ...reading.markdown.lines import LEVEL
from .figure import figure
from .prefixes import prefix_of
from .site import Site


class Place(NamedTuple):
    """A snippet's place in a file: its first and last line, from 1, what precedes its figure there, and the figure."""

    first: int
    last: int
    prefix: str
    html: str


def places(report: Report, site: Site) -> Iterator[Place]:
    """The figures of all snippets that have one, in order."""
    for snippet in report.snippets:
        fence = snippet.fence
        html = figure(snippet, site) if fence.kind != "pre" and fence.is_seen else None
        if html is not None:
            last = report.source.position(max(fence.block.start, fence.block.end - 1))[0]
            yield Place(fence.line, last, _line_prefix(report, snippet), html)


def _line_prefix(report: Report, snippet: Snippet) -> str:
    """What precedes a snippet on its lines; for an indented block, without the indentation that makes it code."""
    fence = snippet.fence
    if fence.kind == "fence":
        return prefix_of(report.source.line(fence.line))
    column = report.source.position(fence.code.starts[0])[1]
    return " " * (len(report.source.line(fence.line)[: column - 1].expandtabs(LEVEL)) - LEVEL)
