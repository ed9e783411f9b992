"""One run of Pelican: judges every source before anything is written, and reports everything that is wrong at once."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from markdown import Markdown
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.readers import MarkdownReader
from pelican.utils import clean_output_dir

from ..commands.settings_faults import lines_of
from ..commands.terminal import has_color
from ..configuration.find import Unusable
from ..diagnostics.source import Source
from ..formats.html.markdown import FiguresExtension, Judged
from ..formats.tally import Tally, summary
from ..grammar.history.releases import Release
from ..reading.markdown.dialect import Dialect, dialect_of
from ..reading.markup import Markup, other_markup_of
from ..reading.pattern import pattern
from . import explanation
from .dropped import all_contents, read_again, why_dropped
from .findings import Findings
from .further_checks import Found, all_closing_words, all_found, found_in
from .judging import Judging
from .settings_at_fault import setting_at_fault
from .showing import line_of, show_diagnostics, show_lines, shown, shown_so_far
from .sources import MARKDOWN, Sources, why_unread
from .trials import trials

if TYPE_CHECKING:
    from ..page.report import Report

#: What in reStructuredText brings in a text that is not judged with the source.
_FROM_ELSEWHERE = pattern(r"^[ \t]*\.\.[ ]+(?:include|literalinclude|raw|csv-table)::", re.MULTILINE)


class Build:
    """One run of Pelican: what was judged, and what else is wrong."""

    def __init__(self, pelican: Pelican) -> None:
        self.pelican = pelican
        self.settings: dict[str, Any] = pelican.settings
        self.troubles: list[str] = []
        self.warnings: list[str] = []
        self.further: dict[str, list[Found]] = {}
        self.told: Counter[str] = Counter()  # how many errors and warnings were shown
        self.shown_before = Counter(shown_so_far)
        self.is_incomplete = False
        self.sources: dict[str, Any] = {}  # each with the generator that reads it
        self.findings: dict[str, Findings] = {}
        self.pages: set[str] = set()
        self.must_empty_output = bool(pelican.delete_outputdir)
        pelican.delete_outputdir = False
        self.judging = self._judging()
        #: the generator that reads a source next, and the path of the Markdown source that was judged last
        self.reader: Any = None
        self.path = ""
        at_fault = setting_at_fault(self.settings)
        if at_fault:
            self.troubles.append(at_fault)
            self.finish_or_fail()

    def _judging(self) -> Judging:
        """How sources are judged; ends the build if that cannot be said."""
        version, release = str(self.settings.get("DRYTABLES_IPTABLES") or ""), None
        try:
            release = Release(version) if version else None
        except ValueError as error:
            self.troubles.append(f"error: DRYTABLES_IPTABLES: {error}")
        explained_at = str(self.settings.get("DRYTABLES_EXPLAINED_AT") or "")
        try:
            extensions = names_of_extensions(self.settings["MARKDOWN"])
            return Judging(str(self.settings["PATH"]), release, extensions, explained_at)
        except Unusable as unusable:
            self.fail_for(unusable)

    def fail_for(self, unusable: Unusable) -> NoReturn:
        """End the build for a configuration that cannot be used."""
        self.troubles.append("\n".join(lines_of(unusable, has_color(sys.stderr))))
        self.finish_or_fail()
        raise SystemExit(1)

    def look_through(self, generator: Any, kind: str) -> None:
        """Note which sources a generator will read, and report what it would pass over in silence.

        Ends the build for what Pelican would not come back from: a pipe, which it waits for, and a folder that contains
        itself.
        """
        sources = Sources(generator, kind)
        unseen = list(sources.unseen())
        self.troubles += [f"error: {shown(path)} {why}" for path, why in unseen]
        if any(path.is_symlink() and path.is_dir() for path, _ in unseen):
            self.finish_or_fail()
        files = sources.files()
        try:
            for path in files:
                self.judging.settings_of(path)
        except Unusable as unusable:
            self.fail_for(unusable)
        self.sources |= dict.fromkeys(files, generator)
        if kind == "PAGE":
            self.pages.update(files)
        unreadable = [path for path in files if not os.path.isfile(path)]  # noqa: PTH113
        if any(Path(path).exists() for path in unreadable):
            for path in unreadable:
                self.source(Path(path))
            self.finish_or_fail()

    def source(self, path: Path) -> Source | None:
        """Read one source; None, with the reason among the troubles, if that cannot be done."""
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                self.troubles.append(f"error: {shown(path)} is not a regular file; remove or rename it")
                return None
            content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            *lines, before = error.object[: error.start].decode("utf-8").split("\n")
            byte = f"0x{error.object[error.start]:02x}"
            why = f"is not UTF-8 text: invalid byte {byte}; save it as UTF-8"
            self.troubles.append(f"error: {shown(path)}:{len(lines) + 1}:{len(before) + 1}: {why}")
            return None
        except OSError as error:
            self.troubles.append(f"error: {shown(path)} {why_unread(path, error)}")
            return None
        return Source(shown(path), content)

    def report_on(self, text: str, md: Markdown) -> Judged:
        """Judge the text of a Markdown source, which `md` reads."""
        self.path = self._path_read_by(md)
        # What judges takes longer to load than the rest of the plugin, and a build that has nothing new does without.
        report = self.judging.report(Source("", text), self.path, dialect_of(md))
        site = self.judging.site(self.path)
        return Judged(report, site, trials(self.path, report, site.newest))

    def _path_read_by(self, md: Markdown) -> str:
        """The path of the source that a Markdown reads, which only Pelican's reader knows (observed with 4.12); that of
        the folder with the content, if another kind of reader has made it.
        """
        readers = self.reader.readers.readers.values() if self.reader is not None else ()
        own = (each for each in readers if getattr(each, "_md", None) is md)
        return str(getattr(next(own, None), "_source_path", None) or self.settings["PATH"])

    def findings_on(self, report: Report) -> Findings:
        """What is reported of the Markdown source that was judged last."""
        return self.judging.findings(report, self.path)

    def forget_source(self) -> None:
        """Be as before a source was read: one that leaves traces would have to be read in each build."""
        self.reader, self.path = None, ""

    def markup_of(self, path: str, generator: Any) -> Markup | None:
        """The markup in which a source is judged; None for one in which it cannot be."""
        if _is_markdown(path, generator):
            return self.dialect
        return "restructuredtext" if other_markup_of(path) == "restructuredtext" else None

    def _findings(self, path: str, source: Source, generator: Any) -> Findings:
        """The findings of a source that Pelican has not made HTML of in this build, or not of Markdown."""
        from ..page.report import Report

        markup = self.markup_of(path, generator)
        report = self.judging.report(source, path, markup) if markup else Report(source)
        return self.judging.findings(report, path)

    @cached_property
    def dialect(self) -> Dialect:
        """Which dialect the site's Markdown is; one has to be made to know, which takes long."""
        return dialect_of(markdown_of(self.settings["MARKDOWN"]))

    def compare(self, generators: list[Any]) -> None:
        """Compare what Pelican has read with the sources: nothing may be missing, and nothing unjudged."""
        self.findings, self.further, self.warnings = {}, {}, []
        for generator in generators:
            if isinstance(generator, ArticlesGenerator | PagesGenerator):
                read = {str(each.source_path): each for each in all_contents(generator)}
                if isinstance(generator, PagesGenerator):
                    self.pages.update(read)
                own = {path for path, reader in self.sources.items() if reader is generator}
                for path in sorted(own.union(read)):
                    if path not in read:
                        self.explain_dropped(path, generator)
                    elif path in own or os.path.isfile(path):  # noqa: PTH113
                        self.judge(path, read[path], generator)
                        self.take_in(found_in(path, read[path]))
        self.tell_templates(generators)
        self.take_in_further_checks(generators)

    def tell_templates(self, generators: list[Any]) -> None:
        """Give templates, as `drytables`, how many commands there are and where it is explained how they were checked.

        Where that page is missing, nothing leads to it.
        """
        named = self.judging.explained_at
        for generator in generators[:1]:  # all of them share one context
            address = explanation.address(named, generator.context)
            generator.context["drytables"] = {"commands": self.tally()["checked"], "explained_at": address}
            if named and not address:
                explanation.without_links([*generator.context["generated_content"].values()], named)

    def take_in_further_checks(self, generators: list[Any]) -> None:
        """Add what the checks of other plugins find. Their errors fail the build even where refused commands do not."""
        for found in all_found(generators):
            if isinstance(found, Found):
                self.take_in([found])
            else:
                lines = self.troubles if found.severity == "error" else self.warnings
                lines.append(line_of(found))

    def take_in(self, found: list[Found]) -> None:
        """Add what was found in a source by another plugin."""
        for each in found:
            self.further.setdefault(each.path, []).append(each)
            self.is_incomplete |= each.is_error

    def judge(self, path: str, content: Any, generator: Any) -> None:
        """Keep the findings that a post carries, or judge its source if it carries none from this build."""
        findings = getattr(content, "drytables", None)
        if isinstance(findings, Findings) and findings.judged == self.judging.mark(path):
            self.findings[path] = findings
            return
        source = self.source(Path(path))
        if source is None:
            return
        findings = self.findings[path] = self._findings(path, source, generator)
        is_judged = any(findings.tally[sort] for sort in ("checked", "marked unchecked", "inline"))
        may_hold_more = not (self.judging.excludes(path) or _is_markdown(path, generator))
        if may_hold_more and (not is_judged or _FROM_ELSEWHERE.search(source.text)):
            from ..reading.other_formats import unjudged_commands

            unjudged = unjudged_commands(source, content._content or "")
            if unjudged is not None:
                self.findings[path] = findings.with_diagnostic(unjudged, source.text)

    def explain_dropped(self, path: str, generator: Any) -> None:
        """Report why Pelican leaves out a source, unless it was told to skip it."""
        source = self.source(Path(path))
        if source is None:
            return
        content = read_again(Path(path), generator)
        found = found_in(path, content)
        dropped = None if any(each.is_error for each in found) else why_dropped(content, source, generator)
        if found or dropped is not None:
            findings = self._findings(path, source, generator)
            self.findings[path] = findings if dropped is None else findings.with_diagnostic(dropped, source.text)
            self.take_in(found)
            self.is_incomplete |= dropped is not None

    def finish_or_fail(self) -> None:
        """Show all diagnostics; end the build if it must fail, else empty the output if Pelican was told to."""
        self.told = Counter(error=len(self.troubles), warning=len(self.warnings))
        for path in dict.fromkeys((*self.findings, *self.further)):
            findings, further = self.findings.get(path), self.further.get(path, [])
            own = findings.diagnostics if findings else ()
            diagnostics = (*own, *(each.diagnostic for each in further))
            if diagnostics:
                texts = [findings.text if findings else "", *(each.text for each in further)]
                show_diagnostics(Source(shown(Path(path)), max(texts, key=len)), diagnostics)
                self.told.update(each.severity for each in diagnostics)
        show_lines((*self.troubles, *self.warnings))
        refused = any(each.is_refused for each in self.findings.values())
        if self.troubles or self.is_incomplete or (refused and self.settings.get("DRYTABLES_FAIL", True)):
            print(f"{self.summary()}: the site was not built", file=sys.stderr)
            raise SystemExit(1)
        if self.must_empty_output:
            clean_output_dir(self.pelican.output_path, self.pelican.output_retention)

    def summary(self) -> str:
        """What was built and checked, and how much was reported, in one line."""
        page_count = len(self.pages.intersection(self.findings))
        post_count = len(self.findings) - page_count
        built = f"{_plural(post_count, 'post')}, {_plural(page_count, 'page')}; {summary(self.tally())}"
        # Findings from the finishing of the site are reported as well.
        counted = self.told + (shown_so_far - self.shown_before)
        told = ", ".join(_plural(counted[kind], kind) for kind in ("error", "warning") if counted[kind])
        return "; ".join((built, *filter(None, [told]), *all_closing_words(self.pelican)))

    def tally(self) -> Tally:
        """How many commands there are in all sources, and what came out for them."""
        total = Tally()
        for each in self.findings.values():
            total.update(each.tally)
        return total


def markdown_of(settings: dict[str, Any]) -> Markdown:
    """A Markdown like that of a site, by its Pelican setting MARKDOWN."""
    return Markdown(extensions=_extensions(settings), extension_configs=settings.get("extension_configs", {}))


def names_of_extensions(settings: dict[str, Any]) -> list[str]:
    """The names of a site's extensions, in order, by its Pelican setting MARKDOWN: with others, it may be a dialect of
    its own.
    """
    return [
        each if isinstance(each, str) else f"{type(each).__module__}.{type(each).__qualname__}"
        for each in _extensions(settings)
        if not isinstance(each, FiguresExtension)
    ]


def _extensions(settings: dict[str, Any]) -> list[Any]:
    configs = settings.get("extension_configs", {})
    return [*configs, *(each for each in settings.get("extensions", []) if each not in configs)]


def _is_markdown(path: str, generator: Any) -> bool:
    ending = Path(path).suffix[1:]
    return ending in MARKDOWN or isinstance(generator.readers.readers.get(ending), MarkdownReader)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
