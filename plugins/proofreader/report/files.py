"""Files of the content that are neither read nor copied, and missing files that settings want copied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from drytables.pelican_plugin.further_checks import Trouble, text_of
from drytables.pelican_plugin.sources import MARKDOWN
from pelican.settings import DEFAULT_CONFIG

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
    endings = {*pages.readers.extensions} - {"static"}
    names = [name for name in names if not _came_later(name, pages.settings, endings)]
    for name, words in told(names, pages.settings, endings):
        yield Trouble(os.path.join(folder, name), words, "warning")  # noqa: PTH118


def missing_files(settings: dict[str, Any], folder: str) -> Iterator[Trouble]:
    """Yield what the settings name below the content, in `folder`, and what is not there: nobody would miss it."""
    usual = DEFAULT_CONFIG["STATIC_PATHS"]  # which a site without pictures leaves as they are
    for setting, names in (
        ("STATIC_PATHS", [each for each in settings["STATIC_PATHS"] if each not in usual]),
        ("EXTRA_PATH_METADATA", settings["EXTRA_PATH_METADATA"]),
    ):
        for name in dict.fromkeys(map(str, names)):
            path = os.path.join(folder, os.path.normpath(name))  # noqa: PTH118
            if not os.path.lexists(path):
                yield Trouble(path, f"is not there, but {setting} names it: add it, or take it out there", "warning")


def _is_apart(settings: dict[str, Any]) -> bool:
    """Whether the content is in a folder of its own, without the settings and all else that makes a site."""
    content = os.path.abspath(settings["PATH"]) + os.sep  # noqa: PTH100
    others = (os.curdir, settings["OUTPUT_PATH"], settings["THEME"])
    return not any(f"{os.path.abspath(each)}{os.sep}".startswith(content) for each in others)  # noqa: PTH100


def _named(generators: list[Any]) -> set[str]:
    """The files that the settings have read or made into a page, also those of which nothing came, such as a `.MD`."""
    settings = generators[0].settings
    names = {*map(str, settings["TEMPLATE_PAGES"])}
    for kind, generator in (("ARTICLE", articles_of(generators)), ("PAGE", pages_of(generators))):
        paths, excluded = settings[f"{kind}_PATHS"], settings[f"{kind}_EXCLUDES"]
        names |= {
            os.path.normpath(each)
            for each in generator.get_files(paths, exclude=excluded, extensions=False)
            if each.rpartition(".")[2].lower() in MARKDOWN or each.rpartition(".")[2] in generator.readers.extensions
        }
    return names


def _came_later(name: str, settings: dict[str, Any], endings: set[str]) -> bool:
    """Whether a file that was not read would be: then it was not there yet when the sources were looked for."""
    folders = [os.path.normpath(each) for each in (*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"])]
    is_source = any(each in (name, os.curdir) or name.startswith(each + os.sep) for each in folders)
    return is_source and name.rpartition(".")[2] in endings


def _excluded(settings: dict[str, Any]) -> Iterator[str]:
    """The folders that the settings exclude on purpose: by default posts and pages exclude each other's."""
    own = {*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"]}
    for kind in ("ARTICLE", "PAGE", "STATIC"):
        yield from (str(each) for each in settings[f"{kind}_EXCLUDES"] if each not in own)
