"""Which Markdown reads a file: what the nearest settings of a site builder say, if it is one of that site's pages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..diagnostics.source import Source
from ..reading.markdown.dialect import Dialect, with_any_info
from ..reading.markup import OTHERS, Markup, other_markup_of
from ..reading.pattern import pattern
from .files import STDIN

#: The plugin with which a fence may have any info string.
_ANY_INFO = "code_blocks"
#: The extensions that read fences in lists and quotes; the second contains the first.
_SUPERFENCES = ("superfences", "pymdownx.extra")
_COMMENT = pattern(r"^[ \t]*#.*$", re.MULTILINE)
_PATH_OF_PELICAN = pattern(r"""^PATH[ \t]*=[ \t]*["'](?P<path>[^"'\n]+)["']""", re.MULTILINE)
_DOCS_OF_MKDOCS = pattern(r"""^["']?docs_dir["']?[ \t]*[:=][ \t]*["']?(?P<path>[^"'#\n]+)""", re.MULTILINE)
_BASE_OF_MKDOCS = pattern(r"""^INHERIT[ \t]*:[ \t]*["']?(?P<path>[^"'#\n]+)""", re.MULTILINE)
#: In Docusaurus, files that end in .md are MDX too, unless one says otherwise.
_BY_NAME_IN_DOCUSAURUS = pattern(r"""\bformat['"]?\s*:\s*["'](?:md|detect)["']""")
#: How many settings may build on one another.
_MOST_BASES = 5


class _Builder(NamedTuple):
    """A site builder: the names of its settings, where they say that its pages are, and what its Markdown is.

    `pages` is a path from the folder of the settings; None if that is for all folders in it, but not for its own files.
    """

    settings: tuple[str, ...]
    pages: Callable[[str], str | None]
    dialect: Callable[[str], Dialect]


def _of_python_markdown(settings: str) -> Dialect:
    used = _COMMENT.sub("", settings)
    if not any(each in used for each in _SUPERFENCES):
        return "fenced_code"
    dialect: Dialect = "quotes" if "pymdownx.quotes" in used else "superfences"
    return with_any_info(dialect) if _ANY_INFO in used else dialect


def _stated(expression: re.Pattern[str], default: str) -> Callable[[str], str]:
    """What settings say, or what holds if they say nothing."""

    def path(settings: str) -> str:
        match = expression.search(settings)
        return match["path"].strip() if match else default

    return path


def _of_docusaurus(settings: str) -> Dialect:
    return "commonmark" if _BY_NAME_IN_DOCUSAURUS.search(settings) else "mdx"


_BUILDERS = (
    _Builder(("pelicanconf.py",), _stated(_PATH_OF_PELICAN, "."), _of_python_markdown),
    _Builder(("mkdocs.yml", "mkdocs.yaml"), _stated(_DOCS_OF_MKDOCS, "docs"), _of_python_markdown),
    # It has superfences by itself.
    _Builder(("zensical.toml",), _stated(_DOCS_OF_MKDOCS, "docs"), lambda settings: "superfences"),
    _Builder(
        tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts", "cts")),
        lambda settings: None,
        _of_docusaurus,
    ),
    # All of these follow CommonMark: Hugo, Jekyll, mdBook, Zola (whose name is too common), Eleventy, Sphinx with MyST.
    _Builder(
        ("hugo.toml", "hugo.yaml", "hugo.json", "_config.yml", "_config.yaml", "book.toml", "eleventy.config.js"),
        lambda settings: None,
        lambda settings: "commonmark",
    ),
)
#: The settings of site builders that say which Markdown their pages are.
SETTINGS = tuple(name for builder in _BUILDERS for name in builder.settings)


#: How the names of pages end; any other file is a page if it has fences, and otherwise all code.
_PAGES = (".md", ".mdx", ".markdown", *OTHERS)
_FENCE = pattern(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def is_page(source: Source) -> bool:
    """Whether a text is a page, and not all code: a script, or what iptables-save prints."""
    return source.path.lower().endswith(_PAGES) or bool(_FENCE.search(source.text))


def markup_of(name: str, text: str, dialect: Markup | None) -> Markup:
    """The markup of a file, by its name; if that is Markdown, in the `dialect` that is given, or else in the one that
    can be worked out.
    """
    return other_markup_of(name) or dialect or dialect_of(name, text)


def dialect_of(name: str, text: str) -> Dialect:
    """Which Markdown reads a file: as the settings of a site say; otherwise MDX by its name, or what has a header as in
    Pelican; any other file is assumed to be CommonMark.
    """
    if name.lower().endswith(".mdx"):
        return "mdx"
    first = text.partition("\n")[0]
    guessed: Dialect = "superfences" if first.lower().startswith(("title:", "date:")) else "commonmark"
    return dialect_by_settings(name) or guessed


def dialect_by_settings(name: str) -> Dialect | None:
    """Which Markdown reads a file according to the nearest settings in a folder above it; None if there are none, or if
    the file is not one of their pages: a README beside them is read by whoever hosts the repository.
    """
    # abspath() resolves `..`; with absolute(), the parents would include folders that the file is not in.
    path = Path(os.path.abspath(name))  # noqa: PTH100
    for folder in path.parents if name != STDIN else ():
        for builder, settings in _settings_in(folder):
            pages = builder.pages(settings)
            is_page = path.parent != folder if pages is None else path.is_relative_to(_joined(folder, pages))
            return builder.dialect(settings) if is_page else None
    return None


def _settings_in(folder: Path) -> Iterator[tuple[_Builder, str]]:
    """The builders that have settings in a folder, with these."""
    for builder in _BUILDERS:
        for each in builder.settings:
            # Asked of every folder above every file: with a Path, that takes four times as long.
            if os.path.isfile(f"{folder}/{each}"):  # noqa: PTH113
                with suppress(OSError, UnicodeDecodeError):
                    yield builder, _with_bases(folder / each)


def _with_bases(file: Path) -> str:
    """Settings, on top of those that they extend."""
    settings = text = file.read_text(encoding="utf-8")
    for _ in range(_MOST_BASES):
        base = _BASE_OF_MKDOCS.search(text)
        if base is None:
            break
        file = _joined(file.parent, base["path"].strip())
        if not file.is_file():
            break
        text = file.read_text(encoding="utf-8")
        settings += "\n" + text
    return settings


def _joined(folder: Path, path: str) -> Path:
    """A path from a folder, without the `..` in it."""
    return Path(os.path.normpath(folder / path))
