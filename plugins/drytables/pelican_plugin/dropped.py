"""Why Pelican leaves a file out of the site. It does not say, so the file is read once more."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from pelican import contents, signals
from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, PagesGenerator

from ..diagnostics.codes.site import DROPPED_POST
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span

#: In lines: where a header's field is looked for. That of reStructuredText is below a title.
_LONGEST_HEADER = 40
#: The value that an exception is about.
_QUOTED = re.compile(r"[`'\"](?P<words>[^`'\"]+)[`'\"]")


def all_contents(generator: ArticlesGenerator | PagesGenerator) -> list[Any]:
    """Everything that a generator has read, whatever its status and language."""
    if isinstance(generator, ArticlesGenerator):
        own = (generator.articles, generator.hidden_articles, generator.drafts, generator.drafts_translations)
    else:
        own = (generator.pages, generator.hidden_pages, generator.draft_pages, generator.draft_translations)
    return [each for group in (*own, generator.translations, generator.hidden_translations) for each in group]


def read_again(path: Path, generator: Any) -> Any:
    """What Pelican makes of a source that its generator left out, or the exception that reading it ends with."""
    is_page = isinstance(generator, PagesGenerator)
    try:
        return generator.readers.read_file(
            generator.path,
            os.path.relpath(path, generator.path),
            content_class=Page if is_page else Article,
            context=generator.context,
            context_signal=signals.page_generator_context if is_page else signals.article_generator_context,
            context_sender=generator,
        )
    except Exception as error:  # whatever a reader or Markdown extension raises is the reason we are looking for
        return error


def why_dropped(content: Any, source: Source, generator: Any) -> Diagnostic | None:
    """What Pelican's generator could not do with a source that it left out; None if it was told to skip it.

    `content` is what became of it when it was read again.
    """
    if isinstance(content, Exception):
        why = f"reading it fails with {type(content).__name__}: {content}"
        value = _QUOTED.search(str(content))
        return _dropped(source, why, value["words"] if value else "")
    if _is_skipped(content):
        return None
    names = ("title",) if isinstance(generator, PagesGenerator) else ("title", "date")
    missing = [name for name in names if not hasattr(content, name)]
    key = ""
    why = "its header has a value that Pelican cannot use, or another post has the same address"
    if missing:
        why = f"its header has no `{missing[0].capitalize()}:` line"
    elif content.status not in content.allowed_statuses:
        known = ", ".join(f"`{each}`" for each in content.allowed_statuses)
        why, key = f"unknown status `{content.status}`; Pelican accepts only {known}", "status:"
    return _dropped(source, why, key)


def _is_skipped(content: Any) -> bool:
    """Whether Pelican leaves a source out because its header says so; 4.11 cannot."""
    stub = getattr(contents, "SkipStub", ())
    return isinstance(content, stub) or (bool(stub) and getattr(content, "status", "") == "skip")


def _dropped(source: Source, why: str, words: str) -> Diagnostic:
    """The diagnostic for a file that Pelican leaves out, at the header line with some words, or at the first."""
    header = source.text.split("\n", _LONGEST_HEADER)[:_LONGEST_HEADER]
    number = next((i for i, line in enumerate(header, 1) if words and words.lower() in line.lower()), 1)
    start = source.offset(number)
    return Diagnostic(
        DROPPED_POST,
        "Pelican would leave this file out of the site" if source.text.strip() else "this file is empty",
        Label(Span(start, start + max(len(source.line(number)), 1))),
        notes=(why,),
        help="fix its header or its text; if the post is not ready to be published, write `Status: draft`",
    )
