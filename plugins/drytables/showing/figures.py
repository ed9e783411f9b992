"""A Markdown extension that puts each judged fence into its figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from secrets import token_hex

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from ..grammar.releases import Release
from ..report import Report
from ..telling.annotate import Figure
from .captions import caption

#: Places among Python-Markdown's own preprocessors (docs, "Extension API"): while the lines are still those of the
#: file, so before `normalize_whitespace` (30) and `meta` (27); and when both are done, before the fences (25).
_RAW, _CLEAN = 40, 26
#: What stands before a fence in a list or a quote; the figure must stand there too.
_PREFIX = re.compile(r"[> \t]*")


class FiguresExtension(Extension):
    """Knows the figures of every text that was judged; a text is recognized by its lines."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: dict[str, list[tuple[int, int, Figure]]] = {}

    def show(self, reports: Iterable[Report], newest: Release) -> None:
        """Take the figures of these reports, in place of those known before."""
        self._figures = {report.source.text: _places(report, newest) for report in reports}

    def places(self, lines: list[str]) -> list[tuple[int, int, Figure]]:
        """The figures of a text: the numbers of a fence's first and last line, and its figure."""
        return self._figures.get("\n".join(lines), [])

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the two steps."""
        marker = _Marker(md, self)
        md.preprocessors.register(marker, "drytables_mark", _RAW)
        md.preprocessors.register(_Stasher(md, marker), "drytables_stash", _CLEAN)


class _Marker(Preprocessor):
    """Puts a line with a secret word before and behind each fence, where the file's own line numbers still hold."""

    def __init__(self, md: Markdown, extension: FiguresExtension) -> None:
        super().__init__(md)
        self.extension = extension
        self.html: dict[str, str] = {}

    def run(self, lines: list[str]) -> list[str]:
        self.html = {}
        marked = list(lines)
        for first, last, figure in reversed(self.extension.places(lines)):
            prefix = _prefix(lines[first - 1])
            marked[last:last] = self._paragraph(prefix, figure.closing)
            marked[first - 1 : first - 1] = self._paragraph(prefix, figure.opening)
        return marked

    def _paragraph(self, prefix: str, html: str) -> list[str]:
        """The lines that stand for some HTML. Blank ones set it off, but where they would end a list's item."""
        beside = [] if prefix.strip() == "" and 0 < len(prefix.expandtabs()) < self.md.tab_length else [prefix.rstrip()]
        return [*beside, prefix + self._word(html), *beside]

    def _word(self, html: str) -> str:
        word = f"drytables-{token_hex(16)}"
        self.html[word] = html
        return word


class _Stasher(Preprocessor):
    """Puts the HTML into the places that the marker marked."""

    def __init__(self, md: Markdown, marker: _Marker) -> None:
        super().__init__(md)
        self.marker = marker

    def run(self, lines: list[str]) -> list[str]:
        return [self._stashed(line) for line in lines]

    def _stashed(self, line: str) -> str:
        prefix = _prefix(line)
        html = self.marker.html.get(line[len(prefix) :])
        return prefix + self.md.htmlStash.store(html) if html is not None else line


def _prefix(line: str) -> str:
    found = _PREFIX.match(line)
    return found[0] if found else ""


def _places(report: Report, newest: Release) -> list[tuple[int, int, Figure]]:
    places = []
    for snippet in report.snippets:
        shown = caption(snippet, newest) if snippet.fence.kind == "fence" and snippet.fence.is_seen else None
        if shown is not None:
            block = snippet.fence.block
            last = report.source.position(max(block.start, block.end - 1))[0]
            places.append((snippet.fence.line, last, shown))
    return places
