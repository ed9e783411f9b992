"""Pelican itself, reading with a memory and noting what it would write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.settings import read_settings

from .astray import Astray
from .cache_folder import PAGES, CacheFolder
from .despite_errors import despite_errors
from .fingerprint import fingerprint
from .generators import CopyingStatic, RememberingArticles, RememberingPages
from .kept_pages import KeptPages
from .memory import Memory
from .moved_output import move_output, output_in
from .notes import NotingWriter, has_own_pages
from .opened import Opened, heard, listen, naming_files, opened, unheard
from .pelican_class import pelican_class, subclass_of
from .premises import files_of, premises_of
from .read_ahead import ReadAhead
from .snapshot import watch
from .source_warnings import forget_repetitions
from .spare import Spare
from .templates import keep_compiled
from .texts import facts_of, forget_made, read_elsewhere
from .watching import awaited, is_told_of_pages

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

    `is_lazy` leaves the pages to be written on request, and after a round `is_watched` says whether a
    plugin would have had to see them. `reads` are the sources that it read, and `spare` is a former site from which it
    may take pages. With `stopped`, that is called with what a plugin raises once the sources are read, and with a page
    that cannot be as there is another in its place; and the round goes on.
    """

    is_lazy = False
    is_watched = False
    writer: NotingWriter
    memory: Memory
    reads: list[ReadAhead]
    spare: Spare | None = None
    stopped: Callable[[BaseException], None] | None = None

    def run(self) -> None:
        """Read what changed, and write or note all pages. Raises what plugins raise, SystemExit too."""
        forget_made()
        if "memory" not in vars(self):
            self._remember()
        self.reads.clear()
        self._files = {} if self.is_lazy else files_of(self.settings)
        with opened() as self._prepared, read_elsewhere() as self._reads, ExitStack() as self._writing:
            if self.stopped is not None:
                self._writing.enter_context(despite_errors(self.stopped))
            try:
                with naming_files():
                    super().run()
                self.memory.forget_unasked()
            finally:
                self._cache.make_room()
                self.memory.notice(heard())
                self.memory.save()

    def digests(self) -> dict[str, bytes]:
        """Tell plugins the digests of pages in the output that are as they were written, by their names there: 128 bits
        of BLAKE2b.
        """
        return {} if self.spare is None else self.spare.digests(Path(self.output_path))

    def _remember(self) -> None:
        """Take up what earlier processes have kept; not before all plugins have had their say in the settings.

        That takes the place of Pelican's own cache, which knows nothing of what else a post depends on.
        """
        self.settings["CACHE_CONTENT"] = self.settings["LOAD_CONTENT_CACHE"] = False
        with unheard():
            settings = self._settings_anywhere()
            self._cache = CacheFolder(Path(self.settings["CACHE_PATH"]) / _FOLDER, fingerprint(settings))
        watch(facts_of(self.settings["PLUGINS"]))
        self.memory = Memory(self._cache.folder / "sources.db", self.settings)
        keep_compiled(self.settings, self._cache.folder / "templates")
        self.reads = []
        own = {"memory": self.memory, "reads": self.reads}
        self._generators = {theirs: type(theirs.__name__, (ours,), own) for theirs, ours in _OURS.items()}

    def _settings_anywhere(self) -> dict[str, Any]:
        """The settings as they are wherever the site is built."""
        return dict(self.settings)

    def _get_generator_classes(self) -> list[type]:
        return [self._generators.get(each, each) for each in super()._get_generator_classes()]

    def _get_writer(self) -> NotingWriter:
        writer = super()._get_writer()
        is_told = is_told_of_pages() or has_own_pages(writer)
        kept = None if self.is_lazy or is_told else self._kept_pages()
        self.writer = NotingWriter(writer, self.settings, self.is_lazy, kept)
        self.writer.stopped = self.stopped
        self.memory.notice(heard())
        self.memory.save()  # so that no process that writes pages has it
        self._pages_begin()
        happened = self._writing.enter_context(opened())
        self._writing.callback(lambda: self._note_watchers(is_told, happened))
        return self.writer

    def _kept_pages(self) -> KeptPages:
        """The pages of the last build, now that all is known that these depend on. There are none if a plugin has asked
        a program or a machine, which may give another answer each time.
        """
        self.memory.notice(heard())
        asked = self._prepared.starts_programs or self._prepared.connects
        premises = None if asked else premises_of(self.reads, self.memory, self._files)
        kept = KeptPages(self._cache.folder / PAGES, self.memory, premises, self._reads.elsewhere, self.spare)
        self._writing.callback(lambda: kept.close(self.writer.notes))
        return kept

    def _pages_begin(self) -> None:
        """Called when all is read, and pages are about to be written."""

    def _note_watchers(self, is_told: bool, happened: Opened) -> None:
        names = self.writer.notes.keys() | self.writer.copies.keys()
        self.is_watched = is_told or awaited(self.output_path, names, happened)


class Reading(Remembering):
    """A site, by its settings file. `named` are the settings that the file itself sets, and others in their place:
    for the rest Pelican has defaults. `wanted` are the plugins that it names, and `own_output` is where it has the site
    put: not where this one puts it. `astray` are files that plugins put where the site is to be in the end.
    """

    def __init__(
        self,
        settings_file: Path,
        output: Path,
        is_lazy: bool,
        overrides: Mapping[str, Any] = MappingProxyType({}),
        place: Path | None = None,
    ) -> None:
        """Read the settings, with `overrides` in place of some, and load the plugins. The site is to be at a `place`
        other than that which the settings name, if one is given. Raises what settings and plugins raise.
        """
        listen()
        settings: dict[str, Any] = read_settings(str(settings_file), {**overrides, "OUTPUT_PATH": str(output)})
        self.settings_file, self.is_lazy = settings_file, is_lazy
        module = vars(sys.modules[settings_file.stem])  # under which name Pelican runs the file
        self.named = frozenset({*module, *overrides})
        self.own_output = output_in(module, settings_file)
        # OUTPUT_PATH itself is right by now, and may be in the site's own output: one that cannot be exchanged is
        # filled from a folder in it.
        move_output(settings, self.named - {"OUTPUT_PATH"}, self.own_output, output.absolute())
        self.wanted = [str(plugin) for plugin in settings.get("PLUGINS") or []]
        self.astray = _astray(settings, place or output_in({**module, **overrides}, settings_file))
        self.__class__ = subclass_of(pelican_class(settings), type(self))
        super().__init__(settings)
        self.delete_outputdir = False
        self._remember()
        self.spare = None if is_lazy else Spare(self._cache.folder)

    def _settings_anywhere(self) -> dict[str, Any]:
        settings = dict(self.settings)
        move_output(settings, self.named, Path(settings["OUTPUT_PATH"]), self.own_output)
        return settings

    def begin(self) -> None:
        """Attribute what changes in the final output from now on to this site's plugins, not to another build."""
        if self.astray is not None:
            self.astray.begin()

    def run(self) -> None:
        """Run a round, in which Pelican may say again what it said in an earlier one."""
        forget_repetitions()
        super().run()
        if self.astray is not None:
            site = dict.fromkeys(self.writer.notes, "") | self.writer.copies
            self.astray.take_over(site, is_searched=not self.is_lazy)

    def _pages_begin(self) -> None:
        if self.astray is not None:
            self.astray.pages_begin()


def _astray(settings: dict[str, Any], place: Path) -> Astray | None:
    """What to watch a place with, in which a site is to be; None if it is built there, or what it is made of is there,
    too.
    """
    output, place = Path(settings["OUTPUT_PATH"]).absolute(), place.absolute()
    if place in (output, Path(os.path.realpath(output))) or Path(settings["PATH"]).is_relative_to(place):
        return None
    plugins = {str(getattr(each, "__name__", each)) for each in settings.get("PLUGINS") or []}
    retained = settings["OUTPUT_RETENTION"]  # whoever builds says it if these are no names
    staying = retained if isinstance(retained, list | tuple | set | frozenset) else [retained]
    return Astray(place, output, Path(settings["CACHE_PATH"]) / _FOLDER, plugins, {*map(str, staying)})
