"""Files of the content that are neither read nor copied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from drytables.pelican_plugin.further_checks import Trouble, text_of

from ..checks.unread_files import told, unread, without_included
from ..site.planned import articles_of, contents, pages_of


def unread_files(generators: list[Any], folder: str) -> Iterator[Trouble]:
    """Yield them; `folder` is the absolute path of the content."""
    pages = pages_of(generators)
    if not _is_apart(pages.settings):
        return
    context = pages.context
    left = {*map(os.path.normpath, pages.get_files([""], exclude=[], extensions=False))}
    left -= {*context["generated_content"], *context["static_content"]}
    if left:
        left -= _named(generators)
    names = unread(left, _excluded(pages.settings))
    names = without_included(names, (str(each.source_path) for each in contents(generators)), text_of)
    for name, words in told(names, pages.settings, {*pages.readers.extensions} - {"static"}):
        yield Trouble(os.path.join(folder, name), words, "warning")  # noqa: PTH118


def _is_apart(settings: dict[str, Any]) -> bool:
    """Whether the content is in a folder of its own, without the settings and all else that makes a site."""
    content = os.path.abspath(settings["PATH"]) + os.sep  # noqa: PTH100
    others = (os.curdir, settings["OUTPUT_PATH"], settings["THEME"])
    return not any(f"{os.path.abspath(each)}{os.sep}".startswith(content) for each in others)  # noqa: PTH100


def _named(generators: list[Any]) -> set[str]:
    """The files that the settings have read or made into a page, also those of which nothing came."""
    settings = generators[0].settings
    names = {*map(str, settings["TEMPLATE_PAGES"])}
    for kind, generator in (("ARTICLE", articles_of(generators)), ("PAGE", pages_of(generators))):
        paths, excluded = settings[f"{kind}_PATHS"], settings[f"{kind}_EXCLUDES"]
        names |= {os.path.normpath(each) for each in generator.get_files(paths, exclude=excluded)}
    return names


def _excluded(settings: dict[str, Any]) -> Iterator[str]:
    """The folders that somebody has excluded on purpose: by default posts and pages exclude each other's."""
    own = {*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"]}
    for kind in ("ARTICLE", "PAGE", "STATIC"):
        yield from (str(each) for each in settings[f"{kind}_EXCLUDES"] if each not in own)
