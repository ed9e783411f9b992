"""Why Pelican leaves a file out of the site. It does not say, so the file is read once more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pelican import contents, signals
from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, PagesGenerator

from ..diagnostics.codes.site import DROPPED_POST
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span
from ..reading.pattern import pattern

#: In lines: where a header's field is looked for. That of reStructuredText is below a title.
_LONGEST_HEADER = 40
#: The value that an exception is about.
_QUOTED = pattern(r"[`'\"](?P<words>[^`'\"]+)[`'\"]")
#: What docutils says of a source in reStructuredText, which it quotes below that.
_OF_DOCUTILS = pattern(r"[^\n]*:(?P<line>\d+): \([A-Z]+/\d\) (?P<words>[^\n]*[^\n.])")
_UNKNOWN = pattern(r'Unknown (?P<kind>directive type|interpreted text role) "(?P<name>[^"]+)"')
_ADVICE = "fix its header or its text; if the post is not ready to be published, write `Status: draft`"


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
        told = _OF_DOCUTILS.match(str(content))
        if told and type(content).__module__.startswith("docutils."):
            return _not_read_by_docutils(source, int(told["line"]), told["words"])
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
    return _dropped(source, why, key, _advice_to_copy(source.path, generator) if missing else "")


def _not_read_by_docutils(source: Source, number: int, words: str) -> Diagnostic:
    """The diagnostic for a source in which reStructuredText is wrong, at its line."""
    unknown = _UNKNOWN.match(words)
    return _at_line(
        source,
        number,
        (f"docutils says: {words}",),
        "a plugin of the site that it comes from may define it: name that plugin in PLUGINS, or write plain text here"
        if unknown
        else _ADVICE,
    )


def _advice_to_copy(path: str, generator: Any) -> str:
    """What to do with a page of HTML that has no header, in a folder whose files are copied: it is meant to be, too."""
    folders = [str(each).strip("/") for each in generator.settings["STATIC_PATHS"]]
    name = Path(path).resolve().relative_to(Path(generator.path).resolve()).as_posix()
    own = next((each for each in folders if each and name.startswith(f"{each}/")), None)
    if own is None or not name.endswith((".html", ".htm")):
        return ""
    kind = "PAGE" if isinstance(generator, PagesGenerator) else "ARTICLE"
    return f'to have it copied as it is, set {kind}_EXCLUDES = ["{own}"]'


def _is_skipped(content: Any) -> bool:
    """Whether Pelican leaves a source out because its header says so; 4.11 cannot."""
    stub = getattr(contents, "SkipStub", ())
    return isinstance(content, stub) or (bool(stub) and getattr(content, "status", "") == "skip")


def _dropped(source: Source, why: str, words: str, advice: str = "") -> Diagnostic:
    """The diagnostic for a file that Pelican leaves out, at the header line with some words, or at the first."""
    header = source.text.split("\n", _LONGEST_HEADER)[:_LONGEST_HEADER]
    number = next((i for i, line in enumerate(header, 1) if words and words.lower() in line.lower()), 1)
    return _at_line(source, number, (why,), advice or _ADVICE)


def _at_line(source: Source, number: int, notes: tuple[str, ...], advice: str) -> Diagnostic:
    start = source.offset(number)
    return Diagnostic(
        DROPPED_POST,
        "Pelican would leave this file out of the site" if source.text.strip() else "this file is empty",
        Label(Span(start, start + max(len(source.line(number)), 1))),
        notes=notes,
        help=advice,
    )
