"""The pages of a site, with the names under which the files are loaded that they show."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from finishing import rewrite

from . import markup, scripts
from .integrity import kept_true
from .kinds import is_image
from .names import Names


class Loaded(NamedTuple):
    """What some pages load: files, and web manifests, which load others."""

    files: set[str]
    manifests: set[str]


class Pages:
    """The pages of one output, and the names of its files."""

    def __init__(self, output: Path, names: Names) -> None:
        self.names = names
        self._output = output
        #: What became of references, by what they are relative to.
        self._known: dict[tuple[str, str], tuple[str, str | None]] = {}

    def rename_in(self, pages: Sequence[str]) -> Loaded:
        """Rewrite some pages, given by their paths, and return what they load."""
        loaded = Loaded(set(), set())
        for page in pages:
            before = (self._output / page).read_bytes()
            html = before.decode("utf-8", "surrogateescape")
            references = _OfPage(self, self._base(page, html), loaded)
            after = markup.with_references(html, references).encode("utf-8", "surrogateescape")
            if after != before:
                rewrite(self._output / page, after)
        return loaded

    def _base(self, page: str, html: str) -> str:
        """The address that references on a page are relative to."""
        address, said = self.names.addresses.of(page), markup.base_of(html)
        return self.names.addresses.below(address, said) if said else address

    def renamed(self, value: str, base: str) -> tuple[str, str | None]:
        """Return a reference with the name by which its file is loaded; and the file, None if it is of no such kind."""
        is_relative = not value.startswith(("/", "http:", "https:"))
        key = posixpath.dirname(base) if is_relative else "", value
        if key not in self._known:
            file = self.names.file_of(value, base)
            new = value if file is None else self.names.renamed(value, base, base, self.names.of)
            self._known[key] = new, file
        return self._known[key]


class _OfPage(NamedTuple):
    """What becomes of the references on one page; what they lead to is noted in `found`."""

    pages: Pages
    base: str
    found: Loaded

    def loaded(self, value: str) -> str:
        if value[:5].lower() == "data:":
            return value
        new, file = self.pages.renamed(value, self.base)
        if file is not None:
            self.found.files.add(file)
        return new

    def module(self, value: str) -> str:
        return value if self.pages.names.modules_stay else self.loaded(value)

    def image(self, value: str) -> str:
        _, file = self.pages.renamed(value, self.base)
        return value if file is None or not is_image(file) else self.loaded(value)

    def linked(self, value: str) -> str:
        return value

    def manifest(self, value: str) -> str:
        reference = self.pages.names.addresses.read(value, self.base)
        if reference is not None:
            self.found.manifests.add(reference.path)
        return value

    def script(self, script: str) -> str:
        content = script.encode("utf-8", "surrogateescape")
        if self.pages.names.modules_stay or not scripts.imports(content):
            return script
        try:
            return scripts.with_references(content, self.loaded).decode("utf-8", "surrogateescape")
        except scripts.CannotBeMovedError:
            return script

    def integrity(self, value: str, of: str) -> str:
        _, file = self.pages.renamed(of, self.base)
        if file is None or not self.pages.names.changes(file):
            return value
        return kept_true(value, self.pages.names.before(file), self.pages.names.after(file))
