"""Leftovers in the report of a build. They are looked for when a source is read, and kept with what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.dropped import all_contents
from drytables.pelican_plugin.further_checks import Found
from pelican.generators import ArticlesGenerator, PagesGenerator

from .codes import LEFTOVER
from .finding import Leftover, leftovers
from .kinds import KINDS

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_LONGEST_SHOWN = 60


def look_for_leftovers(content: Any) -> None:
    """Give a post or page whose Markdown has leftovers a list of them."""
    path = str(content.source_path or "")
    if not path.endswith(_MARKDOWN):
        return
    try:
        found = leftovers(_text(path))
    except (OSError, UnicodeDecodeError):
        return  # which is reported by those who read it
    if found:
        content.leftovers = found


def check_leftovers(generators: list[Any]) -> Iterator[Found]:
    """Report each of them as a warning."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator | PagesGenerator):
            for content in all_contents(generator):
                if found := getattr(content, "leftovers", ()):
                    text = _text(content.source_path)
                    yield from (Found(content.source_path, text, _diagnostic(each, text)) for each in found)


def _diagnostic(leftover: Leftover, text: str) -> Diagnostic:
    kind = KINDS[leftover.kind]
    typed = text[leftover.start : leftover.end]
    shown = typed if len(typed) <= _LONGEST_SHOWN else typed[:_LONGEST_SHOWN].rstrip() + "…"
    more = f"; {leftover.others} more {'follows' if leftover.others == 1 else 'follow'}" if leftover.others else ""
    return Diagnostic(
        LEFTOVER,
        f"`{shown}` is {kind.whose}: readers see it as it is typed",
        Label(Span(leftover.start, leftover.end), f"here{more}"),
        help=kind.instead.get(leftover.name, kind.otherwise),
        severity="warning",
    )


def _text(path: str) -> str:
    return Path(path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
