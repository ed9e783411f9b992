"""Where the figures of a Markdown text go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from ...diagnostics.source import Source
from ...page.joined import joined
from ...page.report import Report, Snippet
from ...reading.fence import Fence
from ...reading.markdown.lines import LEVEL
from ...reading.pattern import pattern
from .figure import figure
from .prefixes import prefix_of
from .site import Site
from .trial import UNTRIED, Trial

#: The id among the attributes of a fence, as attr_list writes it.
_ID = pattern(r"""\{(?:[^{}"'#]++|"[^"]*+"|'[^']*+'|(?<![\s{])#)*+#(?P<id>[^\s{}"'=#]+)""")


class Place(NamedTuple):
    """A snippet's place in a file: its first and last line, from 1, what precedes its figure there, and the figure."""

    first: int
    last: int
    prefix: str
    html: str


def places(report: Report, site: Site, trials: Mapping[int, Trial] | None = None) -> Iterator[Place]:
    """The figures of all snippets that have one, in order; `trials` has what is known of some by their index."""
    stories = joined(report.snippets)
    for index, name in names_of_figures(report).items():
        snippet = report.snippets[index]
        block = snippet.fence.block
        story = [report.snippets[each] for each in stories.get(index, ())]
        html = figure(snippet, site, name, (trials or {}).get(index, UNTRIED), story)
        if html is not None:
            last = report.source.position(max(block.start, block.end - 1))[0]
            yield Place(snippet.fence.line, last, _line_prefix(report, snippet), html)


def names_of_figures(report: Report) -> dict[int, str]:
    """The names of a page's figures, by the index of their snippet."""
    names = Names(report.source)
    return {
        index: names.name_of(each.fence)
        for index, each in enumerate(report.snippets)
        if each.commands and each.fence.is_seen and _has_lines_of_its_own(report.source, each.fence)
    }


def _has_lines_of_its_own(source: Source, fence: Fence) -> bool:
    """Whether a figure can replace the lines of some code: a line with a `<pre>` may hold other HTML as well."""
    if fence.kind != "pre":
        return True
    (first, begin), (last, end) = map(source.position, (fence.block.start, fence.block.end - 1))
    beside = source.line(first)[: begin - 1] + source.line(last)[end:]
    return source.slice(fence.block).lstrip().startswith("<pre") and not beside.strip()


class Names:
    """The names of a page's figures, by which they can be linked to.

    A name is the id that the fence has from its author (`{.sh #balance}`), or else made from the code, so that it stays
    the same when a page gets more figures, and differs from those of other posts where several are on one page.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._given: Counter[str] = Counter()

    def name_of(self, fence: Fence) -> str:
        """The name of a fence's figure; no two on a page are the same."""
        own = _ID.search(self._source.slice(fence.info))
        code = fence.code.text.encode(errors="surrogatepass")
        name = own["id"] if own else f"commands-{sha256(code).hexdigest()[:6]}"
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name}-{self._given[name]}"


def _line_prefix(report: Report, snippet: Snippet) -> str:
    """What precedes a snippet on its lines; for an indented block, without the indentation that makes it code."""
    fence = snippet.fence
    if fence.kind == "pre":
        return ""
    if fence.kind == "fence":
        return prefix_of(report.source.line(fence.line))
    column = report.source.position(fence.code.starts[0])[1]
    return " " * (len(report.source.line(fence.line)[: column - 1].expandtabs(LEVEL)) - LEVEL)
