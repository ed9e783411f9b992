"""Links to files of the content become Pelican's own: while a source is read, and again where files came or went.

What a plugin keeps of a source must depend on that source alone, and a file beside it may come later. So in each round
it is asked again which files there are; only the posts for which that differs are changed.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from typing import Any

from drytables.pelican_plugin.further_checks import text_of
from drytables.pelican_plugin.sources import MARKDOWN
from header_place import end_of_header
from pelican.contents import Article, Page

from .facts.nearby import REPLACED, file_behind, nearby, settled
from .facts.references import Facts, facts_of
from .facts.targets import FILES, site_of
from .kinds.html import with_sources
from .kinds.tags import with_values
from .places.in_source import LinksInSource
from .site.planned import LEFT_OUT

#: Endings of what Pelican's own readers take. Another reader's sources are found out in the round.
_MARKDOWN = tuple(f".{each}" for each in MARKDOWN)
_SOURCES = frozenset({*_MARKDOWN, ".rst", ".html", ".htm"})
_EMPTY_ALT = 'alt=""'
_LINKING = re.compile(r"(?:href|src|srcset|poster|data)\s*=", re.IGNORECASE)


def give_facts(content: Any) -> None:
    """Give a post or page that has just been read the facts about its links and ids, under the name `proofread`."""
    if not isinstance(content, Article | Page):
        return
    settings = content.settings
    fields = [
        (name, value) for name in settings["FORMATTED_FIELDS"] if isinstance(value := content.metadata.get(name), str)
    ]
    facts = facts_of(content._content or "", fields, site_of(settings))
    if _EMPTY_ALT in (content._content or "") and str(content.source_path).endswith(_MARKDOWN):
        text = text_of(str(content.source_path))
        facts = facts._replace(wordless=LinksInSource(text, end_of_header(text)).wordless_pictures())
    if facts.references:
        top = os.path.abspath(settings["PATH"])  # noqa: PTH100
        folder = posixpath.dirname(content.get_relative_source_path())
        content.proofread = facts._replace(nearby=tuple(nearby(facts.references, folder)))
        folders = tuple(f"{each}/".lstrip("/") for each in (*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"]))
        _settle(
            content,
            lambda file: os.path.isfile(f"{top}/{file}"),  # noqa: PTH113
            lambda file: posixpath.splitext(file)[1] in _SOURCES and file.startswith(folders),
        )
    else:
        content.proofread = facts


def settle_all(generator: Any) -> None:
    """Let the links of all posts and pages lead to the files that are there now, and have those files published.

    `generator` is any of Pelican's, after all posts and pages have been read.
    """
    context = generator.context
    is_file = _memo(lambda file: os.path.isfile(f"{generator.path}/{file}"))  # noqa: PTH113
    sources, linked, left_out = context["generated_content"], context["static_links"], context.get(LEFT_OUT, {})
    for content in sources.values():
        facts = getattr(content, "proofread", None)
        if facts is not None and facts.references:
            linked |= _settle(content, is_file, lambda file: sources.get(file) is not None or file in left_out)
            linked |= {file_behind(each.target.path, content) for each in facts.references if each.target.word in FILES}
    linked &= {*filter(is_file, linked)}


def _settle(content: Any, is_file: Callable[[str], bool], is_source: Callable[[str], bool]) -> set[str]:
    """Write into a post what its links to files lead to, and return the files that are to be copied for it."""
    facts: Facts = content.proofread
    changes, now, copied = {}, [], set()
    for each in facts.nearby:
        written, file = settled(each, is_file, is_source)
        if written != each.written:
            changes[each.written] = written
        if written.startswith("{static}"):
            copied.add(file)
        now.append(each._replace(written=written))
    if changes:
        content.proofread = facts._replace(nearby=tuple(now))
        _write(content, changes)
    return copied


def _write(content: Any, changes: dict[str, str]) -> None:
    """Change the values of links in the text of a post and in its header fields."""

    def changed_value(name: str, value: str) -> str:
        if name == "srcset":
            return with_sources(value, lambda address: changes.get(address, address))
        return changes.get(value, value) if name in REPLACED else value

    def changed(html: str) -> str:
        return with_values(html, _LINKING, changed_value)

    content._content = changed(content._content)
    for name in content.settings["FORMATTED_FIELDS"]:
        value = content.metadata.get(name)
        if isinstance(value, str) and any(each in value for each in changes):
            content.metadata[name] = changed(value)
            if name == "summary":
                content._summary = content.metadata[name]
            elif isinstance(getattr(content, name, None), str):
                setattr(content, name, content.metadata[name])


def _memo(ask: Callable[[str], bool]) -> Callable[[str], bool]:
    """The same question, asked once for each file."""
    known: dict[str, bool] = {}

    def answer(file: str) -> bool:
        if file not in known:
            known[file] = ask(file)
        return known[file]

    return answer
