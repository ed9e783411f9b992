"""What is at the addresses of a site: the pages, lists, feeds and files that it will have."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from .answering import answering, elsewhere, is_elsewhere
from .planned import LEFT_OUT, Planned, contents, further_pages, pages_of
from .theme_ids import ThemeIds


class SiteMap:
    """The addresses of one round. Addresses are paths below the root of the site, decoded and without their first
    slash; names are paths of files below the output.
    """

    def __init__(self, generators: list[Any], plan: Iterable[Planned], further: Iterable[str]) -> None:
        """`further` are the files that other plugins write."""
        self.generators = generators
        self.settings: dict[str, Any] = generators[0].settings
        self.pages = {each.name: each.content for each in plan}
        self.sources = {each.get_relative_source_path(): each for each in contents(generators)}
        self.context: dict[str, Any] = generators[0].context
        self.left_out: dict[str, Any] = self.context.get(LEFT_OUT, {})
        self._further = further

    @cached_property
    def _rare(self) -> set[str]:
        """What few links lead to, by their names or addresses: it is looked for only where all else fails."""
        urls = (unquote(each.url).removeprefix("./").lstrip("/") for each in contents(self.generators))
        return {*further_pages(self.generators), *self._further, *urls}

    @cached_property
    def awaited(self) -> dict[str, str]:
        """The sources of drafts, by the addresses that they will have once they are published."""
        drafts = {name: each for name, each in self.sources.items() if each.status == "draft"} | self.left_out
        return {unquote(_published_url(each)).strip("/"): name for name, each in drafts.items()}

    def name_at(self, address: str) -> str | None:
        """Return the file that a host answers with; None if there is none."""
        for name in answering(address):
            if name in self.pages:
                return name
        for name in (address, *answering(address)):
            if name in self._rare or self._is_of_theme(name):
                return name
        return address if is_elsewhere(f"/{address}", elsewhere(self.settings)) else None

    def _is_of_theme(self, name: str) -> bool:
        folder = str(self.settings["THEME_STATIC_DIR"]).strip("/") + "/"
        if not name.startswith(folder) or ".." in name:
            return False
        theme, rest = self.settings["THEME"], name.removeprefix(folder)
        places = (os.path.join(theme, each) for each in self.settings["THEME_STATIC_PATHS"])  # noqa: PTH118
        return any(
            os.path.isfile(f"{place}/{rest}") or (os.path.isfile(place) and place.endswith(f"/{rest}"))  # noqa: PTH113
            for place in places
        )

    def ids_at(self, name: str) -> frozenset[str] | None:
        """Return the ids that a source has; None for a page that has no source, of which nobody knows them yet."""
        content = self.pages.get(name)
        facts = getattr(content, "proofread", None)
        return None if facts is None else frozenset(facts.ids)

    @cached_property
    def files(self) -> list[str]:
        """All files of the content, by their paths in it, whether they are read, copied or neither."""
        found = pages_of(self.generators).get_files([""], exclude=[], extensions=False)
        return sorted(map(posixpath.normpath, found))

    @cached_property
    def theme_ids(self) -> ThemeIds:
        """The ids that the templates give."""
        return ThemeIds(self.generators[0])

    @cached_property
    def addresses(self) -> list[str]:
        """All addresses as people write them, with a slash in front and without `index.html`."""
        return sorted("/" + name.removesuffix("index.html") for name in {*self.pages, *further_pages(self.generators)})


def _published_url(draft: Any) -> str:
    """The address that a draft will have; its own if the settings cannot tell yet."""
    setting = f"{type(draft).__name__.upper()}_{'' if draft.in_default_lang else 'LANG_'}URL"
    try:
        return str(getattr(draft, "override_url", "") or draft.settings[setting].format(**draft.url_format))
    except (KeyError, AttributeError):  # such as without a category
        return str(draft.url)
