"""Leftovers in the report of a build. They are looked for when a source is read, and kept with what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.dropped import all_contents
from drytables.pelican_plugin.further_checks import Found, text_of
from drytables.pelican_plugin.showing import shown
from drytables.pelican_plugin.sources import MARKDOWN
from pelican.generators import ArticlesGenerator, PagesGenerator

from .codes import LEFTOVER

if TYPE_CHECKING:
    from .finding import Leftover

_MARKDOWN = tuple(f".{each}" for each in MARKDOWN)
_LONGEST_SHOWN = 60


def look_for_leftovers(content: Any) -> None:
    """Give a post or page whose Markdown has leftovers a list of them."""
    path = str(content.source_path or "")
    if not path.endswith(_MARKDOWN):
        return
    from .finding import leftovers  # with the first source that is read: what is remembered needs it no more

    found = leftovers(text_of(path))
    if found:
        content.leftovers = found


def check_leftovers(generators: list[Any]) -> Iterator[Found]:
    """Report each leftover: one that is in many files is reported once, with all its places."""
    contents = [
        content
        for generator in generators
        if isinstance(generator, ArticlesGenerator | PagesGenerator)
        for content in all_contents(generator)
        if getattr(content, "leftovers", ())
    ]
    alike: dict[tuple[int, str], list[tuple[str, Leftover]]] = {}
    for path, found in sorted({str(content.source_path): content.leftovers for content in contents}.items()):
        for each in found:
            alike.setdefault((each.kind, each.name), []).append((path, each))
    for (path, first), *more in alike.values():
        text = text_of(path)
        yield Found(path, text, _diagnostic(first, text, tuple(_place(*each) for each in more)))


def _place(path: str, leftover: Leftover) -> str:
    return f"also at {shown(Path(path))}:{leftover.line}:{leftover.column}"


def _diagnostic(leftover: Leftover, text: str, places: tuple[str, ...]) -> Diagnostic:
    from .kinds import KINDS

    kind = KINDS[leftover.kind]
    typed = text[leftover.start : leftover.end]
    typed = typed if len(typed) <= _LONGEST_SHOWN else typed[:_LONGEST_SHOWN].rstrip() + "…"
    more = f"; {leftover.others} more {'follows' if leftover.others == 1 else 'follow'}" if leftover.others else ""
    return Diagnostic(
        LEFTOVER,
        f"`{typed}` is {kind.whose}: readers see it as it is typed",
        Label(Span(leftover.start, leftover.end), f"here{more}"),
        notes=places,
        help=kind.instead.get(leftover.name, kind.otherwise),
        severity=kind.severity,
    )
