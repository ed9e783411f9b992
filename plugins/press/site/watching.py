"""Plugins that look at what a build writes, while it does so or when it is done.

Pages that are written when somebody asks for them are not there to be looked at. So for such plugins the preview writes
all of them, as Pelican does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from pelican import signals

from .opened import Opened

#: What plugins are told while Pelican writes.
_OF_EACH_PAGE = (
    signals.article_generator_write_article,
    signals.page_generator_write_page,
    signals.content_written,
    signals.feed_written,
)


def is_told_of_pages() -> bool:
    """Whether a plugin is told of each page that is written."""
    return any(signal.receivers for signal in _OF_EACH_PAGE)


def looked_at(output: str, happened: Opened) -> bool:
    """Whether something looked into a folder, or started a program, which may have done so."""
    return happened.starts_programs or _is_any_below(output, happened.read | happened.looked_at)


def wrote_besides(output: str, pages: Iterable[str], happened: Opened) -> bool:
    """Whether the rendering of some pages did anything to a folder but to write those, such as putting a stylesheet
    together that a template names.
    """
    own = {os.path.abspath(os.path.join(output, page)) for page in pages}  # noqa: PTH100, PTH118
    return looked_at(output, happened) or _is_any_below(output, happened.written - own)


def _is_any_below(folder: str, paths: Iterable[str]) -> bool:
    top = os.path.abspath(folder)  # noqa: PTH100
    return any(path == top or path.startswith(top + os.sep) for path in paths)
