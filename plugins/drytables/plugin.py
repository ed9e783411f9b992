"""drytables in Pelican: judges all posts before anything is written, shows what it learnt, and fails the build once.

Pelican drops a post that it cannot read, goes on without a plugin that does not load, and empties the output before it
has read anything (observed with 4.12). So every source is read here first, the emptying waits until all is well, and
after Pelican has read its articles those are compared with the sources.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.readers import Readers
from pelican.utils import clean_output_dir

from .diagnostics.diagnostic import Diagnostic, Label
from .diagnostics.render import text
from .diagnostics.source import Source, Span
from .grammar.releases import NEWEST, Release
from .reading.dialect import Dialect
from .report import Report, check
from .showing.captions import Site
from .showing.figures import FiguresExtension
from .showing.records import counts


class Build:
    """One run of Pelican: what was judged, and what else is wrong with it."""

    def __init__(self, pelican: Pelican) -> None:
        self.pelican = pelican
        self.settings: dict[str, Any] = pelican.settings
        self.newest = Release(NEWEST)
        self.troubles: list[str] = []
        self.is_incomplete = False
        self.reports: dict[Path, Report] = {}
        self.must_empty_output = bool(pelican.delete_outputdir)
        pelican.delete_outputdir = False

    def judge_sources(self) -> None:
        """Read and judge every Markdown source of the site."""
        version = str(self.settings.get("DRYTABLES_IPTABLES") or NEWEST)
        try:
            self.newest = Release(version)
        except ValueError as error:
            self.troubles.append(f"error: DRYTABLES_IPTABLES: {error}")
        dialect = dialect_of(self.settings["MARKDOWN"])
        for path in self.sources():
            try:
                content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            except (OSError, UnicodeDecodeError) as error:
                self.troubles.append(f"error: {_shown(path)}: cannot be read as UTF-8 text: {error}")
                continue
            self.reports[path] = check(Source(_shown(path), content), self.newest, dialect)

    def sources(self) -> list[Path]:
        """The Markdown files of which Pelican should make articles and pages, by name."""
        content = Path(self.settings["PATH"])
        endings = {f".{ending}" for ending in MARKDOWN_ENDINGS}
        ignored = self.settings.get("IGNORE_FILES", [])
        folders = [*self.settings["ARTICLE_PATHS"], *self.settings["PAGE_PATHS"]]
        found = {
            path
            for folder in folders
            for path in (content / folder).rglob("*")
            if path.suffix.lower() in endings and path.is_file() and not any(path.match(each) for each in ignored)
        }
        return sorted(found)

    def find_dropped(self, generators: list[Any]) -> None:
        """Name every source that did not become an article or a page."""
        read: set[Path] = set()
        for generator in generators:
            if isinstance(generator, ArticlesGenerator):
                read |= {Path(each.source_path) for each in _all_articles(generator)}
            elif isinstance(generator, PagesGenerator):
                read |= {Path(each.source_path) for each in _all_pages(generator)}
        for path, report in self.reports.items():
            if path not in read and path.resolve() not in read:
                report.diagnostics.append(_dropped(report.source, *self.why_dropped(path)))
                self.is_incomplete = True

    def why_dropped(self, path: Path) -> tuple[str, str]:
        """What Pelican could not do with a source, and the header line at fault, if it is one.

        Pelican does not say, so the source is read once more.
        """
        try:
            content = Readers(self.settings).read_file(str(path.parent), path.name)
        except Exception as error:  # whatever a reader or Markdown extension raises is the reason we are after
            reason = f"reading it fails with {type(error).__name__}: {error}"
            return reason, "date" if "date" in str(error) else ""
        missing = [name for name in ("title", "date") if not hasattr(content, name)]
        if missing:
            return f"it has no `{missing[0].capitalize()}:` line in its header", ""
        return "its header has a value that Pelican cannot use, or another post has the same address", ""

    def finish_or_fail(self) -> None:
        """Show everything that was found; end the build if it must fail, else empty the output as Pelican was told
        to.
        """
        color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        for report in self.reports.values():
            for found in report.all_diagnostics():
                print(text(found, report.source, color) + "\n", file=sys.stderr)
        for trouble in self.troubles:
            print(f"{trouble}\n", file=sys.stderr)
        refused = any(report.is_refused for report in self.reports.values())
        if self.troubles or self.is_incomplete or (refused and self.settings.get("DRYTABLES_FAIL", True)):
            print(f"{self.summary()}: the site was not built", file=sys.stderr)
            raise SystemExit(1)
        if self.must_empty_output:
            clean_output_dir(self.pelican.output_path, self.pelican.output_retention)

    def summary(self) -> str:
        """What was built and checked, in one line."""
        pages = [Path(self.settings["PATH"]) / folder for folder in self.settings["PAGE_PATHS"]]
        page_count = sum(any(path.is_relative_to(folder) for folder in pages) for path in self.reports)
        post_count = len(self.reports) - page_count
        return f"{_plural(post_count, 'post')}, {_plural(page_count, 'page')}; {counts(list(self.reports.values()))}"


def dialect_of(settings: dict[str, Any]) -> Dialect:
    """What the Markdown of a site takes for a fence, by its Pelican setting MARKDOWN."""
    configs = settings.get("extension_configs", {})
    names = [*configs, *(each for each in settings.get("extensions", []) if each not in configs)]
    md = Markdown(extensions=names, extension_configs=configs)
    is_there = "fenced_code_block" in md.preprocessors
    reader = type(md.preprocessors["fenced_code_block"]).__module__ if is_there else ""
    return "superfences" if reader.startswith("pymdownx.") else "fenced_code"


MARKDOWN_ENDINGS = ("md", "markdown", "mkd", "mdown")

_figures = FiguresExtension()
_build: Build | None = None


def begin(pelican: Pelican) -> None:
    """Judge every source, before Pelican reads or deletes anything."""
    global _build
    _build = Build(pelican)
    _build.judge_sources()
    explained_at = str(pelican.settings.get("DRYTABLES_EXPLAINED_AT") or "")
    _figures.show(_build.reports.values(), Site(_build.newest, explained_at))
    extensions = pelican.settings["MARKDOWN"].setdefault("extensions", [])
    if _figures not in extensions:
        extensions.append(_figures)


def judge_build(generators: list[Any]) -> None:
    """Fail once, with everything that was found, before anything is written."""
    if _build is not None:
        _build.find_dropped(generators)
        _build.finish_or_fail()


def conclude(pelican: Pelican) -> None:
    """Say in one line what was built and checked."""
    if _build is not None:
        print(_build.summary())


def register() -> None:
    """Connect to Pelican's signals; it calls this when it loads the plugin."""
    signals.get_generators.connect(begin)
    signals.all_generators_finalized.connect(judge_build)
    signals.finalized.connect(conclude)


def _all_articles(generator: ArticlesGenerator) -> list[Any]:
    return [
        *generator.articles,
        *generator.translations,
        *generator.hidden_articles,
        *generator.hidden_translations,
        *generator.drafts,
        *generator.drafts_translations,
    ]


def _all_pages(generator: PagesGenerator) -> list[Any]:
    return [
        *generator.pages,
        *generator.translations,
        *generator.hidden_pages,
        *generator.hidden_translations,
        *generator.draft_pages,
        *generator.draft_translations,
    ]


def _dropped(source: Source, why: str, key: str) -> Diagnostic:
    """The diagnostic of a file that Pelican leaves out, at the header line with the key, or at the first line."""
    header = source.text.split("\n\n", 1)[0].split("\n")
    number = next((i for i, line in enumerate(header, 1) if key and line.lower().startswith(f"{key}:")), 1)
    start = source.offset(number)
    return Diagnostic(
        "dropped-post",
        "Pelican would leave this file out of the site",
        Label(Span(start, start + max(len(source.line(number)), 1))),
        notes=(why,),
        help="mend its header or its text; for a post that is not to be published yet, write `Status: draft`",
    )


def _shown(path: Path) -> str:
    """A path as the user knows it: relative to where he stands, if it is below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
