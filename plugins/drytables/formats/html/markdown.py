"""A Markdown extension that puts a figure in place of each judged snippet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from .prefixes import prefix_of

if TYPE_CHECKING:
    from ...page.report import Report
    from .places import Place
    from .site import Site
    from .trial import Trial

#: Priorities among Python-Markdown's own preprocessors (docs, "Extension API"): one while the lines are still those of
#: the file, so before `normalize_whitespace` (30) and `meta` (27); one after both, before the fences (25).
_RAW, _CLEAN = 40, 26


class Judged(NamedTuple):
    """A text that was judged: the report, what figures need to know of the site, and what is known of trials of its
    snippets, by their index in the report.
    """

    report: Report
    site: Site
    trials: Mapping[int, Trial]


class FiguresExtension(Extension):
    """Judges each file that is about to be read, and shows its figures."""

    def __init__(self) -> None:
        super().__init__()
        self._judge: Callable[[str, Markdown], Judged] | None = None
        self._report: Report | None = None

    def expect(self, judge: Callable[[str, Markdown], Judged]) -> None:
        """Take the next text for that of a file, to be judged with `judge`, which is given the text and the Markdown
        that reads it; the texts after it are its header's.
        """
        self._judge, self._report = judge, None

    def report(self) -> Report | None:
        """The report on the text that was expected, once; None if there was none: an empty file is not converted."""
        report, self._judge, self._report = self._report, None, None
        return report

    def places(self, lines: list[str], md: Markdown) -> list[Place]:
        """The figures of a text that `md` reads, in order."""
        if self._judge is None:
            return []
        from .places import places  # what makes figures takes long to load, and a build with nothing new needs none

        judged, self._judge = self._judge("\n".join(lines), md), None
        self._report = judged.report
        return list(places(*judged))

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
        for first, last, prefix, html in reversed(self.extension.places(lines, self.md)):
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
        prefix = prefix_of(line)
        html = self.marker.html.get(line[len(prefix) :])
        return prefix + self.md.htmlStash.store(html) if html is not None else line
