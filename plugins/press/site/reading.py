"""Pelican itself, reading with a memory and noting what it would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.settings import read_settings
from pelican.writers import Writer

from .fingerprint import fingerprint
from .generators import CopyingStatic, RememberingArticles, RememberingPages
from .memory import Memory
from .notes import NotingWriter
from .said import begin_anew
from .shelf import Shelf
from .templates import keep_compiled

#: Whose place each of ours takes.
_OURS = {
    ArticlesGenerator: RememberingArticles,
    PagesGenerator: RememberingPages,
    StaticGenerator: CopyingStatic,
}
#: The folder in CACHE_PATH.
_FOLDER = "press"


class Remembering(Pelican):  # type: ignore[misc]
    """A Pelican that remembers what it read. Each `run` is a round of Pelican, and `writer` has its notes.

    `is_lazy` leaves the pages to be written when somebody asks for them.
    """

    is_lazy = False
    writer: NotingWriter
    memory: Memory

    def run(self) -> None:
        """Read what changed, and write or note all pages. Raises what plugins raise, SystemExit too."""
        begin_anew()
        # Pelican keeps what it made of each post for as long as the process runs.
        for kept in ("get_content", "get_summary"):
            vars(Content)[kept].cache.clear()
        if "memory" not in vars(self):
            self._remember()
        try:
            super().run()
        finally:
            self._shelf.make_room()
            self.memory.save()

    def _remember(self) -> None:
        """Take up what earlier processes have kept; not before all plugins have had their say in the settings."""
        self._shelf = Shelf(Path(self.settings["CACHE_PATH"]) / _FOLDER, fingerprint(self.settings))
        self.memory = Memory(self._shelf.folder / "sources.db", self.settings)
        keep_compiled(self.settings, self._shelf.folder / "templates")
        self._generators = {
            theirs: type(ours.__name__, (ours,), {"memory": self.memory}) for theirs, ours in _OURS.items()
        }

    def _get_generator_classes(self) -> list[type]:
        return [self._generators.get(each, each) for each in super()._get_generator_classes()]

    def _get_writer(self) -> NotingWriter:
        def make() -> Writer:
            return type(first)(self.output_path, settings=self.settings)

        first = super()._get_writer()
        self.writer = NotingWriter(make, self.settings, self.is_lazy)
        return self.writer


class Reading(Remembering):
    """A site, by its settings file; `wanted` are the plugins that the settings name."""

    def __init__(self, settings_file: Path, output: Path, is_lazy: bool) -> None:
        """Read the settings, and load the plugins. Raises what they raise."""
        settings: dict[str, Any] = read_settings(str(settings_file), override={"OUTPUT_PATH": str(output)})
        self.settings_file, self.is_lazy = settings_file, is_lazy
        self.wanted = [str(plugin) for plugin in settings.get("PLUGINS") or []]
        super().__init__(settings)
        self.delete_outputdir = False
