"""All sources of a generator, read before it asks for them: only those that changed, and on all processors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pelican import signals
from pelican.contents import Article, Page

from ..progress import shown
from . import snapshot
from .digests import digests_of
from .fingerprint import is_installed
from .memory import Memory, Remembered
from .opened import Opened, heard, opened
from .plugin_state import state_of_plugins
from .processes import spread
from .source_warnings import noted
from .stamps import Seen

#: A process takes about as long to start as to read this many posts.
_WORTH_A_PROCESS = 8


class Kind(NamedTuple):
    """What a generator makes of its sources, the settings that say where they are, and the signals that plugins get."""

    plural: str
    content: type
    paths: str
    excludes: str
    preread: Any
    context: Any


ARTICLE = Kind(
    "posts",
    Article,
    "ARTICLE_PATHS",
    "ARTICLE_EXCLUDES",
    signals.article_generator_preread,
    signals.article_generator_context,
)
PAGE = Kind(
    "pages", Page, "PAGE_PATHS", "PAGE_EXCLUDES", signals.page_generator_preread, signals.page_generator_context
)


class ReadAhead:
    """The posts or pages of one of Pelican's generators, by the names of their sources."""

    def __init__(self, generator: Any, kind: Kind, memory: Memory) -> None:
        """Recall those that did not change, and read the others. Sources that cannot be read are left for Pelican to
        report.
        """
        self.generator, self.kind, self.memory = generator, kind, memory
        memory.forget_if_differing()
        memory.notice(heard())
        self._process = os.getpid()
        self._kept: object = None  # as it was when the last post was read
        names = generator.get_files(generator.settings[kind.paths], exclude=generator.settings[kind.excludes])
        self.contents = {name: memory.recall(self._key(name), generator.context) for name in sorted(names)}
        unread = [name for name, content in self.contents.items() if content is None]
        for results in shown(f"Reading {kind.plural}:", self._read_all(unread), len(unread)):
            for name, remembered in results:
                if remembered.is_lasting:
                    self._keep(name, remembered)
                    self.contents[name] = memory.recall(self._key(name), generator.context)
                else:
                    self.contents[name] = remembered.restored(memory.settings, generator.context)
            memory.save_if_many()

    def _read_all(self, names: Sequence[str]) -> Iterator[tuple[int, list[tuple[str, Remembered]]]]:
        """Read some sources. The first is read here: what is loaded for it is then there in all processes."""
        yield len(names[:1]), self._read_some(names[:1])
        yield from spread(self._read_some, names[1:], _WORTH_A_PROCESS)

    def path_of(self, name: str) -> str:
        """The absolute path of a source."""
        return os.path.abspath(os.path.join(self.generator.path, name))  # noqa: PTH100, PTH118  # as Pelican does

    def last_read(self, name: str) -> Remembered | None:
        """What was read from a source the last time, even if it has changed since."""
        return self.memory.sources.get(self._key(name))

    def read_again(self, name: str) -> Remembered | None:
        """Read a source that changed, and remember what was read; None if that cannot be. Its post stays as it is."""
        self._kept = None  # plugins went on since then
        remembered = self._read(name)
        if remembered is None or not remembered.is_lasting:
            return None
        self._keep(name, remembered)
        return self.memory.remembered(self._key(name), self.generator.context)

    def _keep(self, name: str, remembered: Remembered) -> None:
        self.memory.keep(self._key(name), remembered)
        self.memory.notice(Opened({seen.path for seen in remembered.files[1:]}))

    def _key(self, name: str) -> tuple[str, str]:
        return self.kind.content.__name__, name

    def _read_some(self, names: Sequence[str]) -> list[tuple[str, Remembered]]:
        return [(name, remembered) for name in names if (remembered := self._read(name)) is not None]

    def _read(self, name: str) -> Remembered | None:
        """Read one source; None if that fails, or does more than read: then it is done again by Pelican itself."""
        generator = self.generator
        seen = Seen.now(self.path_of(name))
        before = self._kept or state_of_plugins()
        try:
            with noted() as said, opened() as files:
                content = generator.readers.read_file(
                    base_path=generator.path,
                    path=name,
                    content_class=self.kind.content,
                    context=generator.context,
                    preread_signal=self.kind.preread,
                    preread_sender=generator,
                    context_signal=self.kind.context,
                    context_sender=generator,
                )
                taken = snapshot.take(content) if content.is_valid() else None
        except Exception:  # whatever it is, it happens again when Pelican reads the file, and is reported then
            return None
        self._kept = state_of_plugins()
        is_lasting = before == self._kept
        is_elsewhere = os.getpid() != self._process
        if taken is None or files.leaves_traces or (is_elsewhere and not is_lasting):
            return None
        snapshot.work_out_addresses(taken, generator.settings, generator.context)
        digests = digests_of(taken)
        written = snapshot.to_bytes(taken, generator.settings, generator.context)
        # What was installed is as its version has it, which is part of the fingerprint.
        included = [Seen.now(path) for path in sorted(files.read - {seen.path}) if not is_installed(path)]
        is_needed_here = written is None or not is_lasting
        here = taken if is_needed_here else None
        return Remembered([seen, *included], said, here, written, is_lasting, digests)
