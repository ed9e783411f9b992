"""Where an address is written in a file that is published as it is, of the content or of the theme."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import text_of

from ..site.planned import static_files


def place_in_copied_files(value: str, name: str, context: dict[str, Any]) -> tuple[str, str, Span] | None:
    """Return the path and the text of the file that was copied to `name`, and the place of a value in it; None if none
    was, or none has it. Plugins may have given the file another name, with the same ending.
    """
    ending = posixpath.splitext(name)[1]
    every = [(path, to) for path, to in _copied(context) if posixpath.splitext(to)[1] == ending]
    for path, _ in sorted(every, key=lambda each: (each[1] != name, each)):
        text = text_of(path)
        at = text.find(value)
        if at >= 0:
            return path, text, Span(at, at + len(value))
    return None


def _copied(context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The absolute paths of all files that are copied, each with its path below the output."""
    content = os.path.abspath(context["PATH"])  # noqa: PTH100
    for source, name in static_files(context):
        yield os.path.join(content, source), name  # noqa: PTH118
    for folder in context["THEME_STATIC_PATHS"]:
        top = os.path.join(os.path.abspath(context["THEME"]), folder)  # noqa: PTH100, PTH118
        for where, _, names in os.walk(top):
            for each in names:
                path = os.path.join(where, each)  # noqa: PTH118
                yield path, posixpath.join(context["THEME_STATIC_DIR"], os.path.relpath(path, top))
