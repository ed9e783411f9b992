"""drytables in Pelican: judges all posts before anything is written, shows the results, and fails the build only once.

Pelican drops a post that it cannot read, goes on without a plugin that does not load, and empties the output before it
has read anything (observed with 4.12). So every source that Pelican is going to read is read here first, the output is
not emptied until all is well, and the articles that Pelican has read are compared with the sources.
"""

from __future__ import annotations

from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, PagesGenerator

from ..formats.html.figure import Site
from ..formats.html.markdown import FiguresExtension
from .build import Build

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
    """Read `Status: Skip` as `skip`, as every other status may have capitals too; Pelican 4.12 fails on it."""
    if str(metadata.get("status", "")).lower() == "skip":
        metadata["status"] = "skip"


def judge_build(generators: list[Any]) -> None:
    """Fail once, with all diagnostics, before anything is written."""
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
