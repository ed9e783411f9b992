"""Pelican's generators, with a memory in place of Pelican's cache and without work that grows with the square.

Pelican asks `get_cached_data` for each source, and reads it only if there is no answer.
"""

from __future__ import annotations

import fnmatch
import os
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator

from .compiling_ahead import compiling_ahead
from .memory import Memory
from .notes import NotingWriter
from .read_ahead import ARTICLE, PAGE, Kind, ReadAhead
from .tree import ignored


class Posts(list[Any]):
    """A list that knows at once whether something is in it: Pelican asks that of every post."""

    def __contains__(self, post: object) -> bool:
        if len(self) != len(self._members):
            self._members = set(self)
        return post in self._members

    _members: set[Any] = set()


class Files(set[str]):
    """A set of paths that is gone through in their order: that of posts with one date and of translations follows it,
    and would otherwise be another in each process.
    """

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__()))


class _Finding(Generator):  # type: ignore[misc]
    """Finds the files of a generator once in a round, however often it and plugins ask."""

    def get_files(self, paths: Any, exclude: list[str] | None = None, extensions: Any = None) -> Files:
        """The files below some paths, as Pelican finds them."""
        key = (*([paths] if isinstance(paths, str) else paths), "", *(exclude or ()))
        if "_found" not in vars(self):  # plugins may ask before Pelican's own generator is ready
            self._found: dict[tuple[str, ...], set[str]] = {}
        if key not in self._found:
            self._found[key] = super().get_files(paths, exclude, extensions=False)
        if extensions is False:
            return Files(self._found[key])
        wanted = set(self.readers.extensions if extensions is None else extensions)
        return Files(name for name in self._found[key] if os.path.splitext(name)[1][1:] in wanted)  # noqa: PTH122

    def _include_path(self, path: str, extensions: Any = None) -> bool:
        assert extensions is False
        return not ignored(tuple(self.settings["IGNORE_FILES"])).fullmatch(os.path.basename(path))  # noqa: PTH119


class _Remembering(_Finding):
    """Has its sources read ahead, before Pelican asks its cache for them one by one."""

    kind: Kind
    memory: Memory
    reads: list[ReadAhead]

    def generate_context(self) -> None:
        """Read all sources, and sort what they become."""
        with compiling_ahead(self.env):
            self.ahead = ReadAhead(self, self.kind, self.memory)
        self.reads.append(self.ahead)
        super().generate_context()

    def get_cached_data(self, filename: str, default: Any = None) -> Any:
        """What a source becomes, if it could be read."""
        content = self.ahead.contents.get(filename)
        return default if content is None else content

    def cache_data(self, filename: str, data: Any) -> None:
        """Keep nothing: what can be remembered is remembered already."""


class RememberingArticles(_Remembering, ArticlesGenerator):  # type: ignore[misc]
    """Pelican's generator of articles."""

    kind = ARTICLE
    dates: list[Any]

    def generate_output(self, writer: NotingWriter) -> None:
        """Write the feeds and the pages."""
        writer.shared = self.context
        writer.defer()
        super().generate_output(writer)

    def generate_pages(self, writer: NotingWriter) -> None:
        """Write the pages before the signal that they are written."""
        super().generate_pages(writer)
        writer.write_deferred()

    def generate_tags(self, write: Callable[..., None]) -> None:
        """Write the page of each tag."""
        self._one_by_one("tags", super().generate_tags, write)

    def generate_categories(self, write: Callable[..., None]) -> None:
        """Write the page of each category."""
        self._one_by_one("categories", super().generate_categories, write)

    def generate_authors(self, write: Callable[..., None]) -> None:
        """Write the page of each author."""
        self._one_by_one("authors", super().generate_authors, write)

    def _one_by_one(
        self, name: str, generate: Callable[[Callable[..., None]], None], write: Callable[..., None]
    ) -> None:
        """Have Pelican write each list of posts as if there were no other: it looks at all dates for each of them."""
        lists, dates = getattr(self, name), self.dates
        order = {post: place for place, post in enumerate(dates)}
        try:
            for each, posts in list(lists.items() if isinstance(lists, dict) else lists):
                one = each, Posts(posts)
                setattr(self, name, dict([one]) if isinstance(lists, dict) else [one])
                self.dates = sorted((post for post in posts if post in order), key=order.__getitem__)
                generate(write)
        finally:
            setattr(self, name, lists)
            self.dates = dates

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


class RememberingPages(_Remembering, PagesGenerator):  # type: ignore[misc]
    """Pelican's generator of pages."""

    kind = PAGE

    def generate_output(self, writer: NotingWriter) -> None:
        """Write the pages."""
        if not signals.page_writer_finalized.receivers:  # plugins are told before this is over
            writer.defer()
        super().generate_output(writer)
        writer.write_deferred()


class CopyingStatic(StaticGenerator):  # type: ignore[misc]
    """Pelican's generator of files that are copied as they are; Pelican asks it last."""

    def get_files(self, paths: Any, exclude: list[str] | None = None, extensions: Any = None) -> Files:
        """The files below some paths, as Pelican finds them."""
        return Files(super().get_files(paths, exclude, extensions))

    def generate_output(self, writer: NotingWriter) -> None:
        """Copy the files, or note them: any `{attach}` in a post may change where a file goes."""
        if writer.is_lazy:
            writer.resolve_attachments(writer.notes)
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
