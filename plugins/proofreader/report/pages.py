"""What is wrong with what was built and with no source alone, at the place that it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Label, Severity
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found, Trouble, text_of
from header_place import end_of_header

from ..checks.built_pages import BuiltPages
from ..checks.links import Links
from ..codes import DEAD_ANCHOR, DEAD_LINK
from ..facts.references import Reference
from ..facts.targets import Site, is_outside, target
from ..places.in_copied_files import place_in_copied_files
from ..places.in_settings import place_in_settings
from ..places.in_source import LinksInSource
from ..places.in_templates import place_in_templates

#: How many ids that a page has twice are reported; more of them have the same reason.
_MOST_IDS = 5
_PAGES = (".html", ".htm")


class _Place(NamedTuple):
    """Where an address comes from: the path and the text of a file, and the place in it, with what there is to add."""

    path: str
    text: str
    span: Span
    note: str = ""


class _Fault(NamedTuple):
    """An address that leads nowhere, the files that have it, how grave that is, and how grave if it is right on its own
    page, and lists of posts have it too.
    """

    value: str
    names: list[str]
    code: Code
    severity: Severity
    on_lists: Severity
    label: str

    @property
    def where(self) -> str:
        """The first of the files, as readers know it, and how many others there are."""
        first, *others = self.names
        kind = "on the page" if first.endswith(_PAGES) else "in the file"
        return f"{kind} {_shown(first)}{f', as in {len(others)} more' if others else ''}"


class Pages:
    """The faults of a site's pages and other files.

    `context` is Pelican's, `read` are its posts and pages, `templates` the folders of its templates, `links` what links
    were judged by before anything was written, and `dead` those that were found dead then.
    """

    def __init__(
        self,
        context: dict[str, Any],
        site: Site,
        read: Iterable[Any],
        templates: list[str],
        links: Links | None,
        dead: Collection[str],
    ):
        self._context, self._site, self._templates = context, site, templates
        self._links, self._dead = links, dead
        self._read = {each.save_as: each for each in read}

    def faults(
        self, built: BuiltPages, of_links: Severity | None, of_places: Severity | None
    ) -> Iterator[Found | Trouble]:
        """Yield the dead links and anchors, as grave as is said, and the ids that are on a page twice as warnings.
        Those of which nothing is said are left out.
        """
        if of_links is not None:
            yield from (Trouble(f"the file {_shown(name)}", f"cannot be read by anybody: {why}", of_links)
                        for name, why in built.unreadable.items())  # fmt: skip
            for value, names in built.dead.items():
                if value not in self._dead:
                    yield self._fault(
                        _Fault(value, names, DEAD_LINK, of_links, of_places or of_links, "nothing is there")
                    )
        if of_places is not None:
            known = {value.rpartition("#")[2] for value in self._dead if "#" in value}
            for value, names in built.dead_anchors.items():
                if value not in self._dead and value.rpartition("#")[2] not in known:
                    label = "no element there has this id"
                    yield self._fault(_Fault(value, names, DEAD_ANCHOR, of_places, of_places, label))
        yield from self._repeated(built)

    def _repeated(self, built: BuiltPages) -> Iterator[Trouble]:
        contents = self._read.values()
        own = {name for content in contents if hasattr(content, "proofread") for name in content.proofread.repeated}
        for name, pages in [item for item in built.repeated.items() if item[0] not in own][:_MOST_IDS]:
            others = f", as on {len(pages) - 1} more" if len(pages) > 1 else ""
            yield Trouble(f"the page {_shown(pages[0])}", f"has the id `{name}` twice{others}", "warning")

    def _fault(self, fault: _Fault) -> Found | Trouble:
        """A fault at the place that it comes from; if that is not found, at one of the files that have it."""
        remedy = ""
        if is_outside(fault.value, self._site):
            label = f"it leads out of {self._site.folder}/, the folder of its host that this site is in"
            fault = fault._replace(label=label)
            remedy = "LINKS_ELSEWHERE names what something else on the host answers"
        in_source = self._in_source(fault)
        if in_source is not None:
            return self._found(*self._of_source(fault, *in_source, remedy))
        place = self._place(fault)
        if place is not None:
            if remedy:
                remedy = f"write `{{{{ SITEURL }}}}{fault.value}`; {remedy}"
            return self._found(fault, place, remedy)
        words = fault.where.partition(" ")[2]
        return Trouble(words.partition(",")[0], f"names `{fault.value}`: {fault.label}{_rest(words)}", fault.severity)

    def _found(self, fault: _Fault, place: _Place, remedy: str) -> Found:
        diagnostic = Diagnostic(
            fault.code,
            f"`{fault.value}` leads nowhere {fault.where}",
            Label(place.span, fault.label),
            notes=(place.note,) if place.note else (),
            help=remedy,
            severity=fault.severity,
        )
        return Found(place.path, place.text, diagnostic)

    def _of_source(self, fault: _Fault, content: Any, place: _Place, remedy: str) -> tuple[_Fault, _Place, str]:
        """What to tell of a link that a source has, and that was found to be right for its own page."""
        if remedy:
            written = "write the source's name, such as `{filename}other.md`, or `{static}picture.png` for a file"
            return fault, place, f"{written}; {remedy}"
        if self._is_relative(fault.value):
            label = "from its own page it leads somewhere, from a list of posts it does not"
            remedy = "write it from the root of the site, or with the source's name, such as `{filename}other.md`"
            return fault._replace(label=label, severity=fault.on_lists), place, remedy
        facts = getattr(content, "proofread", None)
        references: Iterable[Reference] = facts.references if facts else ()
        reference = next((each for each in references if each.value == fault.value), None)
        return fault, place, self._links.meant(reference, content) if self._links and reference else ""

    def _is_relative(self, value: str) -> bool:
        """Whether it depends on the page where a link leads."""
        where = target(value, self._site)
        return where is not None and not where.word and not where.path.startswith("/")

    def _in_source(self, fault: _Fault) -> tuple[Any, _Place] | None:
        """A source that has an address, and the place in it: one of those that the pages with it were made from, or
        else any, since lists of posts show parts of them.
        """
        own = [self._read[name] for name in fault.names if name in self._read]
        written = escape(fault.value, quote=False)
        for content in (*own, *(each for each in self._read.values() if each not in own)):
            fields = (content.metadata.get(name) for name in content.settings["FORMATTED_FIELDS"])
            if any(written in each for each in (content._content, *fields) if isinstance(each, str)):
                text = text_of(str(content.source_path))
                places = LinksInSource(text, end_of_header(text))
                span = places.place(fault.value, 0) or places.place(fault.value, 0, is_in_header=True)
                if span:
                    return content, _Place(str(content.source_path), text, span)
        return None

    def _place(self, fault: _Fault) -> _Place | None:
        """Where an address comes from: a file that was copied, a setting or a template."""
        value = fault.value
        where = target(value, self._site)
        own = where.path + (f"#{where.fragment}" if where.fragment else "") if where and not where.word else value
        for name in fault.names:
            copied = None if name.endswith(_PAGES) else place_in_copied_files(value, name, self._context)
            if copied is not None:
                return _Place(*copied)
        for each in dict.fromkeys((value, own)):
            in_settings = place_in_settings(each, self._context)
            if in_settings is not None:
                return _Place(*in_settings[:3], f"{in_settings[3]} puts it onto pages")
        for each in dict.fromkeys((value, own)):
            in_template = place_in_templates(each, self._templates)
            if in_template is not None:
                return _Place(*in_template)
        return None


def _shown(name: str) -> str:
    """The address of a page or a file."""
    return "/" + name.removesuffix("index.html")


def _rest(words: str) -> str:
    """What follows the first comma, and that."""
    _, comma, rest = words.partition(",")
    return comma + rest
