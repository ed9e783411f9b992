"""Plugins that look at what a build writes, during it or at its end.

Pages that are written on request are not there to be looked at. So for such plugins the preview writes
all of them, as Pelican does.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Iterator

from pelican import signals

from .opened import Opened

#: Signals that Pelican sends while it writes.
_OF_EACH_PAGE = (
    signals.article_generator_write_article,
    signals.page_generator_write_page,
    signals.content_written,
    signals.feed_written,
)


def is_told_of_pages() -> bool:
    """Whether a plugin listens for each page that is written."""
    return any(signal.receivers for signal in _OF_EACH_PAGE)


def awaited(output: str, names: Collection[str], happened: Opened) -> bool:
    """Whether something looked at files that are to be in a folder, by their names below it, or at a folder that they
    are in; or started a program, which may have done so. What plugins do to other files there is their own affair.
    """
    if happened.starts_programs:
        return True
    top = os.path.abspath(output)  # noqa: PTH100
    seen = {os.path.relpath(path, top).replace(os.sep, "/") for path in _below(top, happened.read | happened.looked_at)}
    return not (seen.isdisjoint(names) and seen.isdisjoint(_folders(names) if seen else ()))


def _folders(names: Iterable[str]) -> set[str]:
    """The folders that files are in, with those that these are in."""
    waiting, folders = {posixpath.dirname(name) for name in names}, {os.curdir}
    while waiting:
        folders |= waiting
        waiting = {posixpath.dirname(folder) for folder in waiting} - folders - {""}
    return folders


def wrote_besides(output: str, pages: Iterable[str], happened: Opened) -> bool:
    """Whether the rendering of some pages did anything to a folder but to write those, such as putting a stylesheet
    together that a template names.
    """
    own = {os.path.abspath(os.path.join(output, page)) for page in pages}  # noqa: PTH100, PTH118
    touched = happened.read | happened.looked_at | (happened.written - own)
    return happened.starts_programs or any(_below(os.path.abspath(output), touched))  # noqa: PTH100


def _below(top: str, paths: Iterable[str]) -> Iterator[str]:
    """The paths of a folder and of what is in it."""
    return (path for path in paths if path == top or path.startswith(top + os.sep))
