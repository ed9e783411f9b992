"""A Markdown extension that puts a figure in place of each judged snippet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from secrets import token_hex

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from ...grammar.history.releases import NEWEST, Release
from ...page.report import Report, Snippet
from ...reading.markdown.lines import LEVEL
from .figure import Site, figure

#: Priorities among Python-Markdown's own preprocessors (docs, "Extension API"): one while the lines are still those of
#: the file, so before `normalize_whitespace` (30) and `meta` (27); one after both, before the fences (25).
_RAW, _CLEAN = 40, 26
#: What precedes a fence in a list or a quote; it must precede the figure too.
_PREFIX = re.compile(r"[> \t]*")

#: A snippet's place in a file: its first and last line, from 1; what precedes its figure on the line; the figure.
_Place = tuple[int, int, str, str]


class FiguresExtension(Extension):
    """Judges each file that is about to be read, and shows its figures."""

    def __init__(self) -> None:
        super().__init__()
        self._judge: Callable[[str], Report] | None = None
        self._site = Site(Release(NEWEST))
        self._report: Report | None = None

    def expect(self, judge: Callable[[str], Report], site: Site) -> None:
        """Take the next text for that of a file, to be judged with `judge`; the ones after it are its header's."""
        self._judge, self._site, self._report = judge, site, None

    def report(self) -> Report | None:
        """The report on the text that was expected, once; None if there was none: an empty file is not converted."""
        report, self._judge, self._report = self._report, None, None
        return report

    def places(self, lines: list[str]) -> list[_Place]:
        """The figures of a text, in order."""
        if self._judge is None:
            return []
        self._report, self._judge = self._judge("\n".join(lines)), None
        return list(_places(self._report, self._site))

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the two steps."""
        marker = _Marker(md, self)
        md.preprocessors.register(marker, "drytables_mark", _RAW)
        md.preprocessors.register(_Stasher(md, marker), "drytables_stash", _CLEAN)


class _Marker(Preprocessor):
    """Puts a secret word in place of each snippet, while the file's own line numbers are still valid."""

    def __init__(self, md: Markdown, extension: FiguresExtension) -> None:
        super().__init__(md)
        self.extension = extension
        self.html: dict[str, str] = {}

    def run(self, lines: list[str]) -> list[str]:
        self.html = {}
        marked = list(lines)
        for first, last, prefix, html in reversed(self.extension.places(lines)):
            marked[first - 1 : last] = self._paragraph(prefix, html)
        return marked

    def _paragraph(self, prefix: str, html: str) -> list[str]:
        """The lines that represent some HTML, surrounded by blank ones except where those would end a list item."""
        beside = [] if prefix.strip() == "" and 0 < len(prefix.expandtabs()) < self.md.tab_length else [prefix.rstrip()]
        return [*beside, prefix + self._word(html), *beside]

    def _word(self, html: str) -> str:
        word = f"drytables-{token_hex(16)}"
        self.html[word] = html
        return word


class _Stasher(Preprocessor):
    """Puts the HTML in the places that the marker marked."""

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
    match = _PREFIX.match(line)
    return match[0] if match else ""


def _places(report: Report, site: Site) -> Iterator[_Place]:
    for snippet in report.snippets:
        fence = snippet.fence
        html = figure(snippet, site) if fence.kind != "pre" and fence.is_seen else None
        if html is not None:
            last = report.source.position(max(fence.block.start, fence.block.end - 1))[0]
            yield fence.line, last, _line_prefix(report, snippet), html


def _line_prefix(report: Report, snippet: Snippet) -> str:
    """What precedes a snippet on its lines; for an indented block, without the indentation that makes it code."""
    fence = snippet.fence
    if fence.kind == "fence":
        return _prefix(report.source.line(fence.line))
    column = report.source.position(fence.code.starts[0])[1]
    return " " * (len(report.source.line(fence.line)[: column - 1].expandtabs(LEVEL)) - LEVEL)
