"""drytables in Pelican: judges all posts before anything is written, shows what it learnt, and fails the build once.

Pelican drops a post that it cannot read, goes on without a plugin that does not load, and empties the output before it
has read anything (observed with 4.12). So every source that Pelican is going to read is read here first, the emptying
waits until all is well, and after Pelican has read its articles those are compared with the sources.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican import Pelican, signals
from pelican import contents as pelican_contents
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.readers import MarkdownReader
from pelican.utils import clean_output_dir

from .diagnostics.codes.site import DROPPED_POST
from .diagnostics.diagnostic import Diagnostic, Label
from .diagnostics.render import text
from .diagnostics.source import Source, Span
from .grammar.releases import NEWEST, Release
from .reading.control_characters import control_characters
from .reading.dialect import Dialect
from .reading.other_formats import unjudged_commands
from .report import Report, check
from .showing.captions import Site
from .showing.figures import FiguresExtension
from .showing.records import counts
from .sources import MARKDOWN, Sources, why_unread


class Build:
    """One run of Pelican: what was judged, and what else is wrong with it."""

    def __init__(self, pelican: Pelican) -> None:
        self.pelican = pelican
        self.settings: dict[str, Any] = pelican.settings
        self.newest = Release(NEWEST)
        self.troubles: list[str] = []
        self.is_incomplete = False
        self.is_hopeless = False  # Pelican would wait for a pipe, or read a folder again and again
        self.reports: dict[Path, Report] = {}
        self.pages: set[Path] = set()
        self.must_empty_output = bool(pelican.delete_outputdir)
        pelican.delete_outputdir = False
        version = str(self.settings.get("DRYTABLES_IPTABLES") or NEWEST)
        try:
            self.newest = Release(version)
        except ValueError as error:
            self.troubles.append(f"error: DRYTABLES_IPTABLES: {error}")
        self.dialect = dialect_of(self.settings["MARKDOWN"])

    def judge_sources(self, generator: Any, kind: str) -> list[Report]:
        """Read and judge every source of a generator, and return what is new."""
        sources = Sources(generator, kind)
        unseen = list(sources.unseen())
        self.troubles += [f"error: {_shown(path)} {why}" for path, why in unseen]
        self.is_hopeless = any(path.is_symlink() and path.is_dir() for path, _ in unseen)
        files = [] if self.is_hopeless else sources.files()
        reports = [report for path in files if (report := self.judge(path, generator))]
        if self.is_hopeless:
            self.finish_or_fail()
        return reports

    def judge(self, path: Path, generator: Any) -> Report | None:
        """Read and judge one source, unless it was before; a file that is not Markdown is judged when Pelican has made
        HTML of it.
        """
        if path in self.reports:
            return None
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                self.troubles.append(f"error: {_shown(path)} is not a regular file; remove or rename it")
                self.is_hopeless = True
                return None
            content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            byte = f"0x{error.object[error.start]:02x}"
            why = f"is not UTF-8 text: invalid byte {byte}; save it as UTF-8"
            self.troubles.append(f"error: {_shown(path)}:{line}: {why}")
            return None
        except OSError as error:
            self.troubles.append(f"error: {_shown(path)} {why_unread(path, error)}")
            self.is_hopeless = True
            return None
        source = Source(_shown(path), content)
        is_markdown = _is_markdown(path, generator)
        report = check(source, self.newest, self.dialect) if is_markdown else Report(source, [], [])
        unpublishable = control_characters(source)
        report.diagnostics += [unpublishable] if unpublishable else []
        self.reports[path] = report
        if isinstance(generator, PagesGenerator):
            self.pages.add(path)
        return self.reports[path]

    def compare(self, generators: list[Any]) -> None:
        """Hold what Pelican has read against the sources: nothing is missing, and nothing is there unjudged."""
        for generator in generators:
            if isinstance(generator, ArticlesGenerator | PagesGenerator):
                read = {Path(each.source_path): each for each in _all_contents(generator)}
                for path, content in read.items():
                    if path.is_file():
                        self.judge(path, generator)  # one that came after the others were
                    if path in self.reports and not _is_markdown(path, generator):
                        found = unjudged_commands(self.reports[path].source, content._content or "")
                        self.reports[path].diagnostics += [found] if found else []
                is_page = isinstance(generator, PagesGenerator)
                for path in [each for each in self.reports if each not in read and (each in self.pages) == is_page]:
                    self.find_why_dropped(path, generator)

    def find_why_dropped(self, path: Path, generator: Any) -> None:
        """Say what Pelican could not do with a source, or forget one that it was told to skip.

        Pelican does not say, so the source is read once more.
        """
        key = ""
        try:
            content = generator.readers.read_file(generator.path, os.path.relpath(path, generator.path))
        except Exception as error:  # whatever a reader or Markdown extension raises is the reason we are after
            why = f"reading it fails with {type(error).__name__}: {error}"
            key = "date" if "date" in str(error) else ""
        else:
            if _is_skipped(content):
                del self.reports[path]
                return
            names = ("title",) if path in self.pages else ("title", "date")
            missing = [name for name in names if not hasattr(content, name)]
            why = "its header has a value that Pelican cannot use, or another post has the same address"
            if missing:
                why = f"its header has no `{missing[0].capitalize()}:` line"
            elif content.status not in content.allowed_statuses:
                known = ", ".join(f"`{each}`" for each in content.allowed_statuses)
                why, key = f"unknown status `{content.status}`; Pelican accepts only {known}", "status"
        self.reports[path].diagnostics.append(_dropped(self.reports[path].source, why, key))
        self.is_incomplete = True

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
        page_count = len(self.pages.intersection(self.reports))
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


_figures = FiguresExtension()
_build: Build | None = None


def begin(pelican: Pelican) -> None:
    """Start a build, before Pelican reads or deletes anything."""
    global _build
    _build = Build(pelican)
    _figures.forget()
    extensions = pelican.settings["MARKDOWN"].setdefault("extensions", [])
    if _figures not in extensions:
        extensions.append(_figures)


def judge_articles(generator: ArticlesGenerator) -> None:
    """Judge the sources of Pelican's articles."""
    _judge(generator, "ARTICLE")


def judge_pages(generator: PagesGenerator) -> None:
    """Judge the sources of Pelican's pages."""
    _judge(generator, "PAGE")


def skip_in_any_case(generator: Any, metadata: dict[str, Any]) -> None:
    """Take `Status: Skip` for `skip`, as every other status is taken in capitals too; Pelican 4.12 fails on it."""
    if str(metadata.get("status", "")).lower() == "skip":
        metadata["status"] = "skip"


def judge_build(generators: list[Any]) -> None:
    """Fail once, with everything that was found, before anything is written."""
    if _build is not None:
        _build.compare(generators)
        _build.finish_or_fail()


def conclude(pelican: Pelican) -> None:
    """Say in one line what was built and checked."""
    if _build is not None:
        print(_build.summary())


def register() -> None:
    """Connect to Pelican's signals; it calls this when it loads the plugin."""
    signals.get_generators.connect(begin)
    signals.article_generator_init.connect(judge_articles)
    signals.page_generator_init.connect(judge_pages)
    signals.article_generator_context.connect(skip_in_any_case)
    signals.page_generator_context.connect(skip_in_any_case)
    signals.all_generators_finalized.connect(judge_build)
    signals.finalized.connect(conclude)


def _judge(generator: Any, kind: str) -> None:
    if _build is not None:
        explained_at = str(_build.settings.get("DRYTABLES_EXPLAINED_AT") or "")
        _figures.show(_build.judge_sources(generator, kind), Site(_build.newest, explained_at))


def _all_contents(generator: ArticlesGenerator | PagesGenerator) -> list[Any]:
    """All that a generator has read, whatever its status and language."""
    if isinstance(generator, ArticlesGenerator):
        own = (generator.articles, generator.hidden_articles, generator.drafts, generator.drafts_translations)
    else:
        own = (generator.pages, generator.hidden_pages, generator.draft_pages, generator.draft_translations)
    return [each for group in (*own, generator.translations, generator.hidden_translations) for each in group]


def _is_markdown(path: Path, generator: Any) -> bool:
    ending = path.suffix[1:]
    return ending in MARKDOWN or isinstance(generator.readers.readers.get(ending), MarkdownReader)


def _is_skipped(content: Any) -> bool:
    """Whether Pelican leaves a source out because its header says so; 4.11 cannot."""
    stub = getattr(pelican_contents, "SkipStub", ())
    return isinstance(content, stub) or (bool(stub) and getattr(content, "status", "") == "skip")


def _dropped(source: Source, why: str, key: str) -> Diagnostic:
    """The diagnostic of a file that Pelican leaves out, at the header line with the key, or at the first line."""
    header = source.text.split("\n\n", 1)[0].split("\n")
    number = next((i for i, line in enumerate(header, 1) if key and line.lower().lstrip(":").startswith(f"{key}:")), 1)
    start = source.offset(number)
    return Diagnostic(
        DROPPED_POST,
        "Pelican would leave this file out of the site",
        Label(Span(start, start + max(len(source.line(number)), 1))),
        notes=(why,),
        help="fix its header or its text; if the post is not ready to be published, write `Status: draft`",
    )


def _shown(path: Path) -> str:
    """A path as the user knows it: relative to the folder they are in, if it is below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
