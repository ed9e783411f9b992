"""What is wrong with the pages that were built and with no source alone, at the place that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Label, Severity
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found, Trouble, text_of
from header_place import end_of_header

from ..checks.built_pages import BuiltPages
from ..checks.links import Links
from ..codes import DEAD_ANCHOR, DEAD_LINK
from ..facts.references import Reference
from ..facts.targets import Site, target
from ..places.in_settings import place_in_settings
from ..places.in_source import LinksInSource
from ..places.in_templates import place_in_templates
from ..site.answering import is_elsewhere

#: So many ids that are on a page twice are told of; more of them have the same reason.
_MOST_IDS = 5


class Pages:
    """The faults of a site's pages.

    `read` are its posts and pages, `templates` the folders of its templates, `links` what links were judged by before
    anything was written, `dead` those that were found dead then, and `further` the files that other plugins write.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        site: Site,
        read: Iterable[Any],
        templates: list[str],
        links: Links | None,
        dead: set[str],
        further: Iterable[str],
    ):
        self._settings, self._site, self._templates = settings, site, templates
        self._links, self._dead = links, dead
        self._read, self._further = [*read], frozenset(further)

    def faults(self, built: BuiltPages, severity: Severity | None) -> Iterator[Found | Trouble]:
        """Yield the dead links and anchors as errors or warnings, and the ids that are on a page twice as warnings."""
        if severity is not None:
            known = {value.rpartition("#")[2] for value in self._dead if "#" in value}
            for value, pages in built.dead.items():
                if value not in self._dead and not self._is_elsewhere(value):
                    yield self._fault(value, pages, DEAD_LINK, severity, "nothing is there")
            for value, pages in built.dead_anchors.items():
                if value not in self._dead and value.rpartition("#")[2] not in known:
                    # A script may do something at a place that is none.
                    yield self._fault(value, pages, DEAD_ANCHOR, "warning", "no element there has this id")
        own = {name for content in self._read if hasattr(content, "proofread") for name in content.proofread.repeated}
        for name, pages in [item for item in built.repeated.items() if item[0] not in own][:_MOST_IDS]:
            yield Trouble(f"the page {_shown(pages[0])}", f"has the id `{name}` twice{_and_others(pages)}", "warning")

    def _fault(self, value: str, pages: list[str], code: Code, severity: Severity, label: str) -> Found | Trouble:
        """A dead link at the place that it comes from; if that is not found, on one of the pages that have it."""
        message = f"`{value}` leads nowhere on the page {_shown(pages[0])}{_and_others(pages)}"
        in_source = self._in_source(value)
        if in_source is not None:
            reference, content, text, span = in_source
            if self._is_relative(value):
                label = "from its own page it leads somewhere, from a list of posts it does not"
                remedy = "write it from the root of the site, or with the source's name, such as `{filename}other.md`"
                severity = "warning"
            else:
                remedy = self._links.meant(reference, content) if self._links else ""
            diagnostic = Diagnostic(code, message, Label(span, label), help=remedy, severity=severity)
            return Found(str(content.source_path), text, diagnostic)
        place = self._place(value)
        if place is None:
            words = f"leads to `{value}`, where nothing is{_and_others(pages)}"
            return Trouble(f"the page {_shown(pages[0])}", words, severity)
        path, text, span, note = place
        notes = (note,) if note else ()
        return Found(path, text, Diagnostic(code, message, Label(span, label), notes=notes, severity=severity))

    def _is_relative(self, value: str) -> bool:
        """Whether it depends on the page where a link leads."""
        where = target(value, self._site)
        return where is not None and not where.word and not where.path.startswith("/")

    def _is_elsewhere(self, value: str) -> bool:
        """Whether the settings say that something else on the host answers, or a plugin that it writes the file when
        the site is published.
        """
        where = target(value, self._site)
        if where is None:
            return False
        return is_elsewhere(where.path, self._settings) or where.path.lstrip("/") in self._further

    def _in_source(self, value: str) -> tuple[Reference, Any, str, Span] | None:
        """A reference with an address that was found to be right for the page of its source, with that source, its text
        and the place in it.
        """
        for content in self._read:
            facts = getattr(content, "proofread", None)
            reference = next((each for each in facts.references if each.value == value), None) if facts else None
            if reference is not None:
                text = text_of(str(content.source_path))
                span = LinksInSource(text, end_of_header(text)).place(value, 0)
                if span:
                    return reference, content, text, span
        return None

    def _place(self, value: str) -> tuple[str, str, Span, str] | None:
        """Where an address comes from: a setting or a template."""
        where = target(value, self._site)
        own = where.path + (f"#{where.fragment}" if where.fragment else "") if where and not where.word else value
        for each in dict.fromkeys((value, own)):
            in_settings = place_in_settings(each, self._settings)
            if in_settings is not None:
                return *in_settings[:3], f"{in_settings[3]} puts it onto pages"
            in_template = place_in_templates(each, self._templates)
            if in_template is not None:
                return *in_template, ""
        return None


def _shown(name: str) -> str:
    """The address of a page."""
    return "/" + name.removesuffix("index.html")


def _and_others(pages: list[str]) -> str:
    return f", as on {len(pages) - 1} more" if len(pages) > 1 else ""
