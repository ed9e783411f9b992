"""Why Pelican leaves a file out of the site. It does not say, so the file is read once more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pelican import contents
from pelican.generators import ArticlesGenerator, PagesGenerator

from ..diagnostics.codes.site import DROPPED_POST
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span


def all_contents(generator: ArticlesGenerator | PagesGenerator) -> list[Any]:
    """Everything that a generator has read, whatever its status and language."""
    if isinstance(generator, ArticlesGenerator):
        own = (generator.articles, generator.hidden_articles, generator.drafts, generator.drafts_translations)
    else:
        own = (generator.pages, generator.hidden_pages, generator.draft_pages, generator.draft_translations)
    return [each for group in (*own, generator.translations, generator.hidden_translations) for each in group]


def why_dropped(path: Path, source: Source, generator: Any) -> Diagnostic | None:
    """What Pelican's generator could not do with a source that it left out; None if it was told to skip it."""
    key = ""
    try:
        content = generator.readers.read_file(generator.path, os.path.relpath(path, generator.path))
    except Exception as error:  # whatever a reader or Markdown extension raises is the reason we are looking for
        why = f"reading it fails with {type(error).__name__}: {error}"
        return _dropped(source, why, "date" if "date" in str(error) else "")
    if _is_skipped(content):
        return None
    names = ("title",) if isinstance(generator, PagesGenerator) else ("title", "date")
    missing = [name for name in names if not hasattr(content, name)]
    why = "its header has a value that Pelican cannot use, or another post has the same address"
    if missing:
        why = f"its header has no `{missing[0].capitalize()}:` line"
    elif content.status not in content.allowed_statuses:
        known = ", ".join(f"`{each}`" for each in content.allowed_statuses)
        why, key = f"unknown status `{content.status}`; Pelican accepts only {known}", "status"
    return _dropped(source, why, key)


def _is_skipped(content: Any) -> bool:
    """Whether Pelican leaves a source out because its header says so; 4.11 cannot."""
    stub = getattr(contents, "SkipStub", ())
    return isinstance(content, stub) or (bool(stub) and getattr(content, "status", "") == "skip")


def _dropped(source: Source, why: str, key: str) -> Diagnostic:
    """The diagnostic for a file that Pelican leaves out, at the header line with the key, or else at the first line."""
    header = source.text.split("\n\n", 1)[0].split("\n")
    number = next((i for i, line in enumerate(header, 1) if key and line.lower().lstrip(":").startswith(f"{key}:")), 1)
    start = source.offset(number)
    return Diagnostic(
        DROPPED_POST,
        "Pelican would leave this file out of the site",
        Label(Span(start, start + max(len(source.line(number)), 1))),
        notes=(why,),
        help="fix its header or its text; if the post is not ready to be published, write `Status: draft`",
    )
