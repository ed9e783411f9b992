"""Pelican's generators, with a memory in place of Pelican's cache and without work that grows with the square.

Pelican asks `get_cached_data` for each source, and reads it only if there is no answer.
"""

from __future__ import annotations

import fnmatch
import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator

from .memory import Memory
from .notes import NotingWriter
from .read_ahead import ARTICLE, PAGE, ReadAhead


class Posts(list[Any]):
    """A list that knows at once whether something is in it: Pelican asks that of every post for every tag."""

    def __contains__(self, post: object) -> bool:
        if len(self) != len(self._ids):
            self._ids = {id(each) for each in self}
        return id(post) in self._ids

    _ids: set[int] = set()


class RememberingArticles(ArticlesGenerator):  # type: ignore[misc]
    """Pelican's generator of articles."""

    memory: Memory

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.tags: dict[Any, Posts] = defaultdict(Posts)
        self.categories: dict[Any, Posts] = defaultdict(Posts)
        self.authors: dict[Any, Posts] = defaultdict(Posts)

    def generate_context(self) -> None:
        """Read all articles, and sort them."""
        self.ahead = ReadAhead(self, ARTICLE, self.memory)
        super().generate_context()

    def get_cached_data(self, filename: str, default: Any = None) -> Any:
        """The article that a source becomes, if it could be read."""
        content = self.ahead.contents.get(filename)
        return default if content is None else content

    def cache_data(self, filename: str, data: Any) -> None:
        """Keep nothing: what can be remembered is remembered already."""

    def generate_output(self, writer: NotingWriter) -> None:
        """Write the feeds and the pages."""
        writer.shared = self.context
        super().generate_output(writer)

    def generate_pages(self, writer: NotingWriter) -> None:
        """Write the pages, before plugins are told that they are written."""
        super().generate_pages(writer)
        writer.write_noted()

    def _build_period_archives(
        self, sorted_articles: Iterable[Any], articles: Iterable[Any], settings: dict[str, Any]
    ) -> defaultdict[str, list[Any]]:
        """Year by year: no archive is of more than one, and Pelican looks at all articles for each archive."""
        by_year: dict[int, Posts] = defaultdict(Posts)
        for article in articles:
            by_year[article.date.year].append(article)
        archives: defaultdict[str, list[Any]] = defaultdict(list)
        for year, dates in groupby(sorted_articles, key=lambda article: article.date.year):
            for period, found in super()._build_period_archives([*dates], by_year[year], settings).items():
                archives[period] += found
        return archives


class RememberingPages(PagesGenerator):  # type: ignore[misc]
    """Pelican's generator of pages."""

    memory: Memory

    def generate_context(self) -> None:
        """Read all pages, and sort them."""
        self.ahead = ReadAhead(self, PAGE, self.memory)
        super().generate_context()

    def get_cached_data(self, filename: str, default: Any = None) -> Any:
        """The page that a source becomes, if it could be read."""
        content = self.ahead.contents.get(filename)
        return default if content is None else content

    def cache_data(self, filename: str, data: Any) -> None:
        """Keep nothing: what can be remembered is remembered already."""


class CopyingStatic(StaticGenerator):  # type: ignore[misc]
    """Pelican's generator of what is copied as it is, which it asks last."""

    def generate_output(self, writer: NotingWriter) -> None:
        """Write what is still only noted, and copy the rest: an `{attach}` in a post decides where a file goes."""
        writer.write_noted()
        if writer.is_lazy:
            writer.resolve_attachments()
            writer.copies = dict(chain(self._of_the_theme(), self._of_the_content()))
        else:
            super().generate_output(writer)

    def _of_the_theme(self) -> Iterator[tuple[str, str]]:
        """The files of the theme, each with the place it would be copied to below the output."""
        for name in self.settings["THEME_STATIC_PATHS"]:
            source, target = os.path.join(self.theme, name), self.settings["THEME_STATIC_DIR"]  # noqa: PTH118
            if self._is_ignored(source):
                continue
            if os.path.isfile(source):  # noqa: PTH113
                yield posixpath.join(target, os.path.basename(name)), source  # noqa: PTH119
            for where, folders, files in os.walk(source, followlinks=True):
                folders[:] = [each for each in folders if not self._is_ignored(each)]
                below = Path(where).relative_to(source).as_posix()
                for file in files:
                    if not self._is_ignored(file):
                        yield posixpath.normpath(posixpath.join(target, below, file)), os.path.join(where, file)  # noqa: PTH118

    def _of_the_content(self) -> Iterator[tuple[str, str]]:
        for static in self.context["staticfiles"]:
            yield static.save_as, os.path.join(self.path, static.source_path)  # noqa: PTH118

    def _is_ignored(self, name: str) -> bool:
        return any(fnmatch.fnmatch(os.path.basename(name), each) for each in self.settings["IGNORE_FILES"])  # noqa: PTH119
