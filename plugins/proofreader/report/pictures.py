"""Pictures without alternative text, reported once for the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Source, Span
from drytables.pelican_plugin.further_checks import Found, text_of
from drytables.pelican_plugin.showing import shown

from ..codes import WORDLESS_PICTURE

#: So many places are named besides the first; an old blog may have hundreds.
_MOST = 5


def wordless_pictures(contents: Iterable[Any]) -> Iterator[Found]:
    """Yield the first of them, with the places of the next ones."""
    having = [each for each in contents if getattr(each, "proofread", None) and each.proofread.wordless]
    every = [(str(each.source_path), span) for each in having for span in each.proofread.wordless]
    if not every:
        return
    (path, first), *others = sorted(every)
    notes = [f"also at {_place(*each)}" for each in others[:_MOST]]
    if len(others) > _MOST:
        notes.append(f"and in {len(others) - _MOST} more places")
    diagnostic = Diagnostic(
        WORDLESS_PICTURE,
        "a picture has no words for those who do not see it",
        Label(first, "they come between these brackets"),
        notes=tuple(notes),
        help='say what it shows, such as `![a cat](cat.png)`; if it only decorates, write `<img alt="" src="cat.png">`',
        severity="warning",
    )
    yield Found(path, text_of(path), diagnostic)


def _place(path: str, span: Span) -> str:
    line, column = Source(path, text_of(path)).position(span.start)
    return f"{shown(Path(path))}:{line}:{column}"
