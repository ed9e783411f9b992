"""proof in Pelican: shows what was tried below its commands, and fails the build where a proof speaks of others.

Experiments and evidence are read while their page is, so that a preview, or a build that keeps what it read, knows that
the page depends on them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drytables.commands.files import PAGES
from drytables.grammar.history.releases import NEWEST, Release
from drytables.pelican_plugin.further_checks import Found, Trouble, further_checks
from drytables.pelican_plugin.trials import trials_of_post
from pelican import Pelican, signals
from pelican.contents import Article, Content, Page

from .beside import ENDING, ENDING_OF_EVIDENCE, Beside, read_beside

if TYPE_CHECKING:
    from drytables.formats.html.trial import Trial
    from drytables.page.report import Report

    from .standing import Standing

#: The attribute of a post that holds its Standing.
_STANDING = "standing_of_proof"
_SETTING = "PROOF_BEST_BEFORE"
#: For how many days a proof is shown without a warning, unless a setting says otherwise.
_USUAL_DAYS = 730

_newest = Release(NEWEST)


class _Read(NamedTuple):
    """What was found out about the page that is being read."""

    path: str
    release: Release
    standing: Standing | None


_current: _Read | None = None


def begin(pelican: Pelican) -> None:
    """Note the release that commands are judged as."""
    global _newest
    version = str(pelican.settings.get("DRYTABLES_IPTABLES") or NEWEST)
    try:
        _newest = Release(version)
    except ValueError:  # drytables says so
        _newest = Release(NEWEST)


def _standing_of(path: str, release: Release, *, is_draft: bool = False) -> Standing | None:
    """How the evidence beside a page stands to it; None if there is nothing beside it, as of most pages."""
    page = Path(path)
    beside = read_beside(page)
    if beside == Beside(None, None):
        return None
    from .standing import standing_of  # it takes as long to load as to judge ten posts

    return standing_of(page, beside, release, is_draft=is_draft)


def tell_trials(path: str, report: Report, release: Release) -> Mapping[int, Trial]:
    """What is known of the trials of a post's snippets, by their index in its report."""
    global _current
    standing = _standing_of(path, release)
    _current = _Read(str(path), release, standing)
    if standing is None or not standing.shown:
        return {}
    from .telling.on_page import trials_on_page  # it takes long to load, and few pages have experiments

    return trials_on_page(standing.shown, report)


def keep_standing(content: Content) -> None:
    """Give a post that was just read how its evidence stands to it."""
    global _current
    if not isinstance(content, Article | Page) or not content.source_path:
        return
    path, is_draft = str(content.source_path), content.status == "draft"
    read, _current = _current, None
    if read is None or read.path != path:
        read = _Read(path, _newest, _standing_of(path, _newest, is_draft=is_draft))
    elif read.standing is not None and is_draft:
        read = read._replace(standing=_standing_of(path, read.release, is_draft=True))
    standing = read.standing
    if standing is not None:
        setattr(content, _STANDING, standing)


def check(generators: list[Any]) -> Iterator[Found | Trouble]:
    """Report what is wrong with experiments and their evidence. `generators` are Pelican's."""
    from drytables.pelican_plugin.dropped import all_contents
    from pelican.generators import ArticlesGenerator, PagesGenerator

    most_days = generators[0].settings.get(_SETTING, _USUAL_DAYS)
    if isinstance(most_days, bool) or not isinstance(most_days, int) or most_days < 0:
        yield Trouble(_SETTING, f"is {most_days!r}; write a number of days, or 0 for never")
        most_days = 0
    for generator in generators:
        if isinstance(generator, ArticlesGenerator | PagesGenerator):
            for content in all_contents(generator):
                standing: Standing | None = getattr(content, _STANDING, None)
                if standing is not None:
                    yield from standing.faults
                    old = (each.found_old(date.today(), most_days) for each in standing.dated if most_days)
                    yield from filter(None, old)
    yield from _without_page(generators[0].settings)


def _without_page(settings: Mapping[str, Any]) -> Iterator[Trouble]:
    """The files of experiments and evidence that are beside no page: nothing would be shown of them."""
    content = Path(settings["PATH"])
    for folder in dict.fromkeys(map(str, (*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"]))):
        for where, _, names in os.walk(content / folder):
            there = {*names}
            for name in sorted(names):
                ending = next((each for each in (ENDING, ENDING_OF_EVIDENCE) if name.endswith(each)), "")
                stem = name.removesuffix(ending)
                if ending and not name.startswith(".") and not any(f"{stem}{each}" in there for each in PAGES):
                    yield Trouble(str(Path(where, name)), f"is beside no page {stem}.md; name it after its page")


def register() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(begin)
    trials_of_post.connect(tell_trials)
    signals.content_object_init.connect(keep_standing)
    further_checks.connect(check)
