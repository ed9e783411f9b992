"""One run of Pelican: judges every source before anything is written, and reports everything that is wrong at once."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.readers import MarkdownReader
from pelican.utils import clean_output_dir

from ..diagnostics.source import Source
from ..formats.records import counts
from ..formats.terminal import text
from ..grammar.history.releases import NEWEST, Release
from ..page.check import check
from ..page.report import Report
from ..reading.control_characters import control_characters
from ..reading.markdown.dialect import Dialect
from ..reading.other_formats import unjudged_commands
from .dropped import all_contents, why_dropped
from .sources import MARKDOWN, Sources, why_unread


class Build:
    """One run of Pelican: what was judged, and what else is wrong."""

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
        """Read and judge one source unless that is done; a file that is not Markdown is judged when Pelican has turned
        it into HTML.
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
        report = check(source, self.newest, self.dialect) if is_markdown else Report(source)
        unpublishable = control_characters(source)
        self.reports[path] = report if unpublishable is None else report.with_diagnostic(unpublishable)
        if isinstance(generator, PagesGenerator):
            self.pages.add(path)
        return self.reports[path]

    def compare(self, generators: list[Any]) -> None:
        """Compare what Pelican has read with the sources: nothing may be missing, and nothing unjudged."""
        for generator in generators:
            if isinstance(generator, ArticlesGenerator | PagesGenerator):
                read = {Path(each.source_path): each for each in all_contents(generator)}
                for path, content in read.items():
                    if path.is_file():
                        self.judge(path, generator)  # one that was added after the others were judged
                    if path in self.reports and not _is_markdown(path, generator):
                        diagnostic = unjudged_commands(self.reports[path].source, content._content or "")
                        if diagnostic is not None:
                            self.reports[path] = self.reports[path].with_diagnostic(diagnostic)
                is_page = isinstance(generator, PagesGenerator)
                for path in [each for each in self.reports if each not in read and (each in self.pages) == is_page]:
                    self.explain_dropped(path, generator)

    def explain_dropped(self, path: Path, generator: Any) -> None:
        """Report why Pelican leaves out a source, or forget one that it was told to skip."""
        report = self.reports[path]
        dropped = why_dropped(path, report.source, generator)
        if dropped is None:
            del self.reports[path]
            return
        self.reports[path] = report.with_diagnostic(dropped)
        self.is_incomplete = True

    def finish_or_fail(self) -> None:
        """Show all diagnostics; end the build if it must fail, else empty the output if Pelican was told to."""
        color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        for report in self.reports.values():
            for diagnostic in report.all_diagnostics():
                print(text(diagnostic, report.source, color) + "\n", file=sys.stderr)
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
    """Which dialect the Markdown of a site is, by its Pelican setting MARKDOWN."""
    configs = settings.get("extension_configs", {})
    names = [*configs, *(each for each in settings.get("extensions", []) if each not in configs)]
    md = Markdown(extensions=names, extension_configs=configs)
    is_there = "fenced_code_block" in md.preprocessors
    reader = type(md.preprocessors["fenced_code_block"]).__module__ if is_there else ""
    return "superfences" if reader.startswith("pymdownx.") else "fenced_code"


def _is_markdown(path: Path, generator: Any) -> bool:
    ending = path.suffix[1:]
    return ending in MARKDOWN or isinstance(generator.readers.readers.get(ending), MarkdownReader)


def _shown(path: Path) -> str:
    """A path as the user knows it: relative to the folder they are in, if it is below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
