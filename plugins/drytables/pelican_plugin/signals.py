"""drytables in Pelican: judges each post as it is read, shows the results, and fails the build only once.

Pelican drops a post that it cannot read, goes on without a plugin that does not load, and empties the output before it
has read anything (observed with 4.12). So the sources are looked through before Pelican reads the first one, the output
is not emptied until all is well, and what Pelican has read is compared with the sources.
"""

from __future__ import annotations

from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, PagesGenerator

from ..formats.html.markdown import FiguresExtension
from .build import Build
from .further_checks import finished, is_to_be_finished
from .judging import digest_of_configurations

_figures = FiguresExtension()
_build: Build | None = None


def note_configuration(pelican: Pelican) -> None:
    """Make the configuration one of the settings: what was made of posts with others is not taken up again."""
    pelican.settings["DRYTABLES_CONFIGURATION"] = digest_of_configurations(pelican.settings["PATH"])


def begin(pelican: Pelican) -> None:
    """Start a build, before Pelican reads or deletes anything."""
    global _build
    _build = Build(pelican)
    extensions = pelican.settings["MARKDOWN"].setdefault("extensions", [])
    if _figures not in extensions:
        extensions.append(_figures)


def look_through_articles(generator: ArticlesGenerator) -> None:
    """Look through the sources of Pelican's articles."""
    if _build is not None:
        _build.look_through(generator, "ARTICLE")


def look_through_pages(generator: PagesGenerator) -> None:
    """Look through the sources of Pelican's pages."""
    if _build is not None:
        _build.look_through(generator, "PAGE")


def expect_a_file(generator: Any) -> None:
    """Have the file that Pelican is about to read judged as it becomes HTML."""
    if _build is not None:
        _build.reader = generator
        _figures.expect(_build.report_on)


def keep_findings(generator: Any, metadata: dict[str, Any]) -> None:
    """Give a post or page the findings of its file, under the name `drytables`."""
    report = _figures.report()
    if _build is not None and report is not None:
        metadata["drytables"] = _build.findings_on(report)
    if _build is not None:
        _build.forget_source()


def skip_in_any_case(generator: Any, metadata: dict[str, Any]) -> None:
    """Read `Status: Skip` as `skip`, as every other status may have capitals too; Pelican 4.12 fails on it."""
    if str(metadata.get("status", "")).lower() == "skip":
        metadata["status"] = "skip"


def judge_build(generators: list[Any]) -> None:
    """Fail once, with all diagnostics, before anything is written."""
    if _build is not None:
        _build.compare(generators)
        _build.finish_or_fail()


def conclude(pelican: Pelican) -> None:
    """Say in one line what was built and checked, unless a plugin works on."""
    if not is_to_be_finished(pelican):
        conclude_finished(pelican)


def conclude_finished(pelican: Pelican) -> None:
    """Say so when nobody goes on."""
    if _build is not None:
        print(_build.summary())


def register() -> None:
    """Connect to Pelican's signals; it calls this when it loads the plugin."""
    signals.initialized.connect(note_configuration)
    signals.get_generators.connect(begin)
    signals.article_generator_init.connect(look_through_articles)
    signals.page_generator_init.connect(look_through_pages)
    for preread in (signals.article_generator_preread, signals.page_generator_preread):
        preread.connect(expect_a_file)
    for context in (signals.article_generator_context, signals.page_generator_context):
        context.connect(keep_findings)
        context.connect(skip_in_any_case)
    signals.all_generators_finalized.connect(judge_build)
    signals.finalized.connect(conclude)
    finished.connect(conclude_finished)
