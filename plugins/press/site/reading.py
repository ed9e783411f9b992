"""Pelican itself, reading with a memory and noting what it would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.log import console
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
_FOLDER = "press"


class Reading(Pelican):  # type: ignore[misc]
    """A site that is read again and again by one process. Each `run` is a round of Pelican, and `writer` has its notes.

    `is_lazy` leaves the pages to be written when somebody asks for them; `wanted` are the plugins that the
    settings name. Raises what settings and plugins raise.
    """

    writer: NotingWriter

    def __init__(self, settings_file: Path, output: Path, is_lazy: bool) -> None:
        """Read the settings, and load the plugins."""
        console.quiet = True
        self.settings_file = settings_file
        self.is_lazy = is_lazy
        settings: dict[str, Any] = read_settings(str(settings_file), override={"OUTPUT_PATH": str(output)})
        self.wanted = [str(plugin) for plugin in settings.get("PLUGINS") or []]
        super().__init__(settings)
        self._shelf = Shelf(Path(settings["CACHE_PATH"]) / _FOLDER, fingerprint(settings, settings_file))
        self.memory = Memory(self._shelf.folder / "sources.db", settings)
        keep_compiled(settings, self._shelf.folder / "templates")
        self._generators = {
            theirs: type(ours.__name__, (ours,), {"memory": self.memory}) for theirs, ours in _OURS.items()
        }
        self.delete_outputdir = False

    def run(self) -> None:
        """Read what changed, and write or note all pages. Raises what plugins raise, SystemExit too."""
        begin_anew()
        # Pelican keeps what it made of each post for as long as the process runs.
        for kept in ("get_content", "get_summary"):
            vars(Content)[kept].cache.clear()
        try:
            super().run()
        finally:
            self._shelf.make_room()
            self.memory.save()

    def _get_generator_classes(self) -> list[type]:
        return [self._generators.get(each, each) for each in super()._get_generator_classes()]

    def _get_writer(self) -> NotingWriter:
        def make() -> Writer:
            return type(first)(self.output_path, settings=self.settings)

        first = super()._get_writer()
        self.writer = NotingWriter(make, self.settings, self.is_lazy)
        return self.writer
