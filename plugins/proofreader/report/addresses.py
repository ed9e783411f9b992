"""What has no address of its own, at the field of the header that decides about it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from drytables.diagnostics.diagnostic import Diagnostic, Label, Severity
from drytables.diagnostics.source import Source, Span
from drytables.pelican_plugin.further_checks import Found, Trouble, found_in
from drytables.pelican_plugin.showing import shown
from header_place import place_of

from ..checks.addresses import Clash, clashes, has_no_slug, too_long
from ..codes import NO_ADDRESS, SAME_ADDRESS
from ..site.planned import COPIED, Planned

#: The header fields that may decide about an address, the strongest first.
_FIELDS = ("save_as", "slug", "title")
_NOWHERE = Label(Span(0, 0))
#: What is wrong with an address, the label at what it is made of, and what to do.
_WITHOUT = (
    "no address can be made of the title",
    "it has no letter and no digit",
    "write a line such as `Slug: a-word`",
)
_TOO_LONG = (
    "the address is longer than a file system takes",
    "it becomes part of the address",
    "write a short `Slug:`",
)


class Addresses:
    """The addresses of a site, the content of which is in a folder with this absolute path."""

    def __init__(self, plan: Iterable[Planned], folder: str) -> None:
        self._folder = folder
        self._plan = sorted(plan, key=lambda each: (bool(each.kind), self._source(each), each.name))

    def faults(self) -> Iterator[Found | Trouble]:
        """Yield what has the same address as something else, and what has none."""
        unaddressed = [each for each in self._plan if has_no_slug(each)]
        others = [each for each in self._plan if not has_no_slug(each)] if unaddressed else self._plan
        for each, (message, label, remedy) in (
            *((each, _WITHOUT) for each in unaddressed),
            *((each, _TOO_LONG) for each in too_long(others)),
        ):
            if not _is_told(each):
                yield self._at_header(each, Diagnostic(NO_ADDRESS, message, Label(_NOWHERE.span, label), help=remedy))
        for clash in clashes(others):
            yield self._of_clash(clash)

    def _of_clash(self, clash: Clash) -> Found | Trouble:
        severity: Severity = "error" if clash.is_lost else "warning"
        address = "/" + clash.later.name.removesuffix("index.html")
        other, where = self._named(clash.earlier)
        notes: tuple[str, ...] = (f"the other is {where}",) if where else ()
        if clash.differs == "capitals":
            message = f"{address} differs only in capitals from the address of {other}"
            notes += ("some systems keep only one of two such files",)
        elif clash.differs == "folder":
            message = f"{address} cannot be there as well as {other}: one would be a file, the other a folder"
        elif not clash.is_lost:
            message = f"{address} takes the place of {other}"
        else:
            message = f"{address} is the address of {other} too"
        settings = f", or change {clash.earlier.setting} in the settings" if clash.earlier.setting else ""
        label = Label(_NOWHERE.span, "the address comes from here")
        field_name = "Save_as" if clash.later.wins else "Slug"
        remedy = f"write another `{field_name}:`{settings}"
        return self._at_header(
            clash.later, Diagnostic(SAME_ADDRESS, message, label, notes=notes, help=remedy, severity=severity)
        )

    def _named(self, each: Planned) -> tuple[str, str]:
        """What a thing is called, and where its address comes from if it has a source."""
        if each.content is None:
            return each.kind, ""
        path = self._source(each)
        if each.kind == COPIED:
            return f"the file {shown(Path(path))}", ""
        text, span = place_of(each.content, *_FIELDS)
        line, column = Source(path, text).position(span.start)
        return shown(Path(path)), f"{shown(Path(path))}:{line}:{column}"

    def _at_header(self, each: Planned, diagnostic: Diagnostic) -> Found | Trouble:
        """A diagnostic at the field of a source that decides about its address."""
        path = self._source(each)
        if each.kind:
            advice = "; give it a shorter name" if diagnostic.code == NO_ADDRESS else ""
            words = f"cannot have its address: {diagnostic.message}{advice}"
            return Trouble(path or each.kind, words, diagnostic.severity)
        text, span = place_of(each.content, *_FIELDS)
        return Found(path, text, diagnostic._replace(label=Label(span, diagnostic.label.text)))

    def _source(self, each: Planned) -> str:
        """The absolute path of a source or of a file that is copied; empty for a list."""
        if each.kind == COPIED:
            return os.path.join(self._folder, str(each.content))  # noqa: PTH118
        return str(getattr(each.content, "source_path", ""))


def _is_told(each: Planned) -> bool:
    """Whether the same was found when the source was read, as by the plugin `headers`."""
    return any(found.diagnostic.code == NO_ADDRESS for found in found_in("", each.content))
