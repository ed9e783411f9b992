"""A series, and the place of a post in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pelican.urlwrappers import URLWrapper


class Series(URLWrapper):  # type: ignore[misc]
    """A series in one language: with a name, a slug and addresses as Pelican's tags have them, and its own for other
    languages than that of the site (SERIES_LANG_URL).
    """

    def __init__(self, name: str, settings: dict[str, Any], lang: str) -> None:
        super().__init__(name, settings)
        self.lang = lang

    @property
    def url(self) -> str:
        """The address of its page below the root of the site."""
        return self._filled_in("URL")

    @property
    def save_as(self) -> str:
        """The file of its page below the output; empty if there is none."""
        return self._filled_in("SAVE_AS")

    def _filled_in(self, setting: str) -> str:
        is_sites_own = self.lang == self.settings["DEFAULT_LANG"].lower()
        pattern: str = self.settings[f"SERIES_{'' if is_sites_own else 'LANG_'}{setting}"]
        return pattern.format(name=self.name, slug=self.slug, lang=self.lang)


@dataclass(frozen=True, slots=True)
class Part:
    """The place of a post in a series: its number, from 1, of `count`, and the posts before and after it, or None at
    either end.
    """

    series: Series
    number: int
    count: int
    before: Any
    after: Any
