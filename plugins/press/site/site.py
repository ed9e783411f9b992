"""A site whose pages are rendered on request: `look` reads what changed, `answer` renders a page."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..build_error import BuildError
from ..edition import Ahead, Answer, Edition, RenderError
from ..filling import files_below
from ..machine import is_of_the_machine
from ..project import in_project
from ..tree_removal import remove_tree
from .account import Account, Terminal
from .early import Early
from .fingerprint import code_files, packages
from .loading import load
from .media_types import media_type
from .notes import Note, NotingWriter
from .opened import Opened, heard, opened, unheard
from .reading import Reading
from .round import read
from .stamps import Seen, stamp_of
from .tree import Tree, changed, ignored, places, tree
from .watching import wrote_besides

#: What has changed if no file has.
_DUE = "a post is due"
#: How long to wait before what the machine kept from being read is tried again, in seconds.
_PAUSE = 1.0


def _content_of(file: Path) -> bytes:
    """What is in a file that is answered with: the site does not depend on it."""
    with unheard():
        return file.read_bytes()


def _named(paths: Iterable[str], addresses: Mapping[str, str] = MappingProxyType({})) -> tuple[str, ...]:
    """Files as the author knows them, with the addresses of their pages where these are given."""
    where = {path: f" at {addresses[path]}" if path in addresses else "" for path in paths}
    return tuple(sorted({f"{in_project(Path(path))}{at}" for path, at in where.items()}))


def _name_at(address: str) -> str:
    """The file that is at an address, by its path below the root of the site."""
    return address.removeprefix("/") + ("index.html" if address.endswith("/") else "")


def _address_of(name: str) -> str:
    """The address at which a file is."""
    return "/" + name.removesuffix("index.html")


def _source_of(note: Note | None) -> str:
    """The source of the post or page whose own page was noted; empty for any other page."""
    return str(getattr(note.subject, "source_path", None) or "") if note else ""


class Site:
    """One site. Raises BuildError if its settings or plugins cannot be read."""

    def __init__(
        self,
        settings_file: Path,
        overrides: Mapping[str, Any] = MappingProxyType({}),
        *,
        has_colours: bool = False,
    ) -> None:
        """Load the settings, with `overrides` in place of some, and plugins; nothing is read yet."""
        self._account = Account(has_colours=has_colours)
        self._scratch = Path(tempfile.mkdtemp(prefix="press-"))
        self._edition, self._was_good = Edition(0), False
        self._writer: NotingWriter | None = None
        self._refused: NotingWriter | None = None  # of a round since then from which no answers are taken
        # Always the same: plugins may have noted where the output is.
        self._output, self._place = self._scratch / "output", self._scratch / "good"
        self._pages: dict[str, Answer] = {}
        with self._account.kept() as terminal:
            reading = load(settings_file, self._output, is_lazy=True, overrides=overrides)
        if self._account.failed is not None:
            self.close()
            raise BuildError(terminal.getvalue()) from self._account.failed
        self._reading: Reading = reading
        self._said_of_settings = terminal.getvalue()
        self._packages = packages()
        self._code = [str(settings_file.resolve()), *code_files()]
        self._tree: Tree = {}
        self._included: dict[str, Seen] = {}  # what posts include, which may be anywhere
        self._differing: list[str] = []  # since the last round
        self._unread: list[str] = []  # since this process is to be restarted
        self._changes_at: float | None = None
        self._try_again_at = math.inf
        self._early = Early()

    def close(self) -> None:
        """Remove what was put on the disk, except for what is remembered for the next time."""
        remove_tree(self._scratch)

    @property
    def settings(self) -> dict[str, Any]:
        """Pelican's settings."""
        settings: dict[str, Any] = self._reading.settings
        return settings

    @property
    def renders_on_request(self) -> bool:
        """Whether pages are rendered on request: not where a plugin looks at what is written."""
        return self._reading.is_lazy

    def watched(self) -> list[Path]:
        """The folders and files in which a change may matter."""
        return places(self.settings)

    def _all_watched(self) -> tuple[str, ...]:
        """These, the code, and the other files outside that everything depends on, as far as is known by now."""
        return (*map(str, self.watched()), *self._code, *self._reading.memory.common)

    def look(self, wanted: frozenset[str] = frozenset()) -> Edition | Ahead:
        """Read what changed since the last look. If nothing did, this is the edition of the last look.

        If only the text of one post changed, and its page is at a wanted address, that is put into the page, and the
        site is left to be read by the next look.
        """
        before, is_first = self._tree, self._edition.number == 0
        self._tree = {**tree(map(str, self.watched())), **tree(self._code)}
        newly = [path for path in changed(before, self._tree) if not self._is_ignored(path)]
        self._differing = [*dict.fromkeys((*self._differing, *newly))]
        elsewhere = [path for path, seen in self._included.items() if not seen.is_same()]
        must_restart = self._edition.must_restart  # as long as this process goes on
        lasting = [] if is_first or must_restart else self._reading.memory.differing()
        differing = [*self._differing, *elsewhere, *lasting]
        is_due = self._changes_at is not None and time.time() >= self._changes_at
        if not differing and not is_first and not is_due:
            is_to_be_tried = not must_restart and time.monotonic() >= self._try_again_at
            return self._tried_again() if is_to_be_tried else self._edition
        if wanted and not must_restart and not is_due and len(differing) == len(self._differing) == 1:
            ready = self._ready_of(wanted, differing[0] if newly else None)
            if ready:
                return Ahead(ready)
        self._differing = []
        if is_first or not (must_restart or lasting or not self._code_is_same(differing)):
            self._edition = self._round(differing)
            sources = self._reading.memory.sources.values()
            self._included = {seen.path: seen for each in sources for seen in each.files[1:]}
            # The same was read if nothing changed since, not even while the round went on.
            is_same = not newly and self._edition.is_good and len(differing) == 1
            is_same = is_same and stamp_of(differing[0]) == self._tree.get(differing[0])
            self._early.compare(self.answer, is_same=is_same)
        else:
            number, names = self._edition.number + 1, _named(differing) or (_DUE,)
            self._edition = replace(self._edition, number=number, changed=names, must_restart=True)
            self._unread += [path for path in differing if not self._is_code(path)]
        return self._edition

    def read_on(self) -> Edition:
        """Read what changed since this process is to be restarted, with the settings and plugins as it has them: for as
        long as no other process can read the site. This is the present edition if nothing changed, or everything would
        have to be read again.
        """
        if self._unread and not self._reading.memory.differing():
            unread, self._unread = [*dict.fromkeys(self._unread)], []
            self._edition = replace(self._round(unread), must_restart=True)
        return self._edition

    def _tried_again(self) -> Edition:
        """Read again what the machine kept from being read, such as for want of room: no file tells when that is over.
        This is the edition of the last look if nothing is otherwise.
        """
        before, edition = self._edition, self._round(())
        if edition.report != before.report:
            self._edition = replace(edition, changed=())
        return self._edition

    def _ready_of(self, wanted: frozenset[str], changed: str | None) -> frozenset[str]:
        """Which of some addresses can be answered ahead of a round, in which one source is to be read: what is only
        copied, and the page of that source. It is put into the page now if it changed again.
        """
        if self._writer is None or not self._edition.is_good or not self._reading.is_lazy:
            return frozenset()
        if changed is not None:
            self._pages = {}
            self._early.renew(self._reading.reads, changed, self._writer.notes)
        if not self._early.names:
            return frozenset()
        names = {address: _name_at(address) for address in wanted}
        return frozenset(
            address
            for address, name in names.items()
            if name in self._early.names or name in self._writer.copies or self._is_written(name)
        )

    def answer(self, address: str) -> Answer | None:
        """What is at an address below the root of the site, such as `/2012/03/x/`, or None. The address is decoded.

        Raises RenderError if its page cannot be rendered. While the site has errors and the answer is of an earlier
        edition, it says whether the page has errors of its own.
        """
        name = _name_at(address)
        if self._writer is None:
            return None
        if name not in self._pages:
            answer = self._made(name)
            if answer is None:
                return None
            self._pages[name] = answer
            self._early.note(name, answer)
        return replace(self._pages[name], report=self._fault_of(name))

    def addresses(self) -> list[str]:
        """The addresses of all pages."""
        return sorted(_address_of(name) for name in self.names() if name.endswith(".html"))

    def address_of(self, source: str) -> str:
        """The address of the post or page that is made of a source; empty if there is none."""
        return self._addresses_of([source]).get(source, "")

    def _addresses_of(self, sources: Collection[str]) -> dict[str, str]:
        """The addresses of the posts and pages that are made of some sources."""
        notes, wanted = self._writer.notes if self._writer else {}, frozenset(sources)
        made = ((_source_of(note), name) for name, note in notes.items())
        return {source: _address_of(name) for source, name in made if source in wanted}

    def names(self) -> set[str]:
        """The files of the site, by their paths below its root."""
        if self._writer is None:
            return set()
        written = {path.as_posix() for path in files_below(self._place)}
        return {*self._writer.notes, *self._writer.copies, *written}

    def _made(self, name: str) -> Answer | None:
        """A file of the site: one that a plugin wrote, one that would be copied, or a page that is rendered now."""
        assert self._writer is not None
        copied = self._writer.copies.get(name)
        if name.startswith("/") or ".." in Path(name).parts or "\0" in name:
            return None
        if self._is_written(name):
            body = _content_of(self._place / name)
        elif copied is not None:
            try:
                body = _content_of(Path(copied))
            except OSError:
                return None
        elif name in self._writer.notes:
            body = self._rendered(name)
        else:
            return None
        return Answer(body, media_type(name, body), _source_of(self._writer.notes.get(name)))

    def _is_written(self, name: str) -> bool:
        """Whether a plugin has written such a file; none has one with a name that no file can have."""
        place = self._place / name
        with suppress(OSError):
            return place.is_file() and not place.is_symlink()
        return False

    def _rendered(self, name: str) -> bytes:
        assert self._writer is not None
        file, report, happened = self._render(name, self._writer)
        astray = self._reading.astray
        if wrote_besides(str(self._output), (), happened) or (astray is not None and astray.has_more()):
            # A template puts a file together: that must be there for whoever asks for it first.
            self._reading.is_lazy = False
            terminal, _ = self._try()
            report = terminal.getvalue()
            if self._account.failed is None and (self._place / name).is_file():
                return _content_of(self._place / name)
        if self._account.failed is not None:
            raise RenderError(report, is_of_the_machine=is_of_the_machine(self._account.failed))
        self._reading.memory.notice(heard())
        body = _content_of(file)
        file.unlink()
        return body

    def _fault_of(self, name: str) -> str:
        """Why a page could not be rendered from a round that was refused; "" if it could, or nothing was refused."""
        if self._refused is None or name not in self._refused.notes:
            return ""
        file, report, _ = self._render(name, self._refused)
        file.unlink(missing_ok=True)
        return report if self._account.failed is not None else ""

    def _render(self, name: str, notes: NotingWriter) -> tuple[Path, str, Opened]:
        """Render a page that was noted. Returns its file, the report, and what happened meanwhile."""
        self._reading.begin()
        writer = notes.make()
        writer.output_path = str(self._scratch / "pages")
        with self._account.kept() as terminal, opened() as happened:
            notes.write(name, writer)
        return Path(writer.output_path, name), terminal.getvalue(), happened

    def _round(self, differing: Collection[str]) -> Edition:
        """Read what changed, which are all files the first time, and note what there is now."""
        started, number = time.perf_counter(), self._edition.number + 1
        known = self._addresses_of(differing)
        self._reading.begin()
        terminal, summary = self._try()
        if self._reading.is_lazy and self._reading.is_watched:
            self._reading.is_lazy = False
            terminal, summary = self._try()
        is_good = self._account.failed is None and not self._account.errors.count
        self._was_good = self._was_good or is_good
        is_partial = self._writer is not None and not self._was_good
        seconds = time.perf_counter() - started
        said = self._said_of_settings + terminal.getvalue()
        watched = self._all_watched()
        summary = summary if is_good else ""
        failures = (self._account.failed, *self._account.told)
        is_kept = any(isinstance(error, OSError) for error in failures)
        self._try_again_at = time.monotonic() + _PAUSE if is_kept else math.inf
        new = dict(self._addresses_of(differing).items() - known.items())
        names = () if number == 1 else _named(differing, new) or (_DUE,)
        return Edition(
            number,
            names,
            seconds,
            is_good,
            is_partial,
            said,
            summary,
            watched=watched,
            changes_at=self._changes_at,
            is_of_the_machine=any(map(is_of_the_machine, failures)),
        )

    def _try(self) -> tuple[Terminal, str]:
        """Run a round of Pelican into an empty output, and return what it said, and what was built. If all went well,
        that is from now on what answers are taken from; before that has ever been so, it may lack what is at fault.
        """
        remove_tree(self._output)
        self._output.mkdir()
        summary, self._changes_at = "", None
        # To write all pages takes long, and is of no use once there are better ones to show.
        self._reading.stopped = None if self._was_good and not self._reading.is_lazy else self._account.go_on
        with self._account.kept() as terminal:
            done = read(self._reading, self._account.errors)
            self._changes_at = done.changes_at
            lines = done.said.strip().splitlines()
            summary = lines[-1] if lines else f"{done.posts} {'post' if done.posts == 1 else 'posts'}"
        is_whole = self._account.failed is None
        if is_whole and not (self._account.errors.count and self._was_good):
            remove_tree(self._place)
            self._output.rename(self._place)
            self._writer, self._refused, self._pages = self._reading.writer, None, {}
        else:
            self._refused = self._reading.writer if is_whole and self._reading.is_lazy else None
        return terminal, summary

    def _is_ignored(self, path: str) -> bool:
        """Whether Pelican ignores a file. What is remembered may be beside the posts, if they are in the project's own
        folder.
        """
        is_ours = Path(path).is_relative_to(self.settings["CACHE_PATH"])
        return is_ours or bool(ignored(tuple(self.settings["IGNORE_FILES"])).fullmatch(Path(path).name))

    def _code_is_same(self, differing: list[str]) -> bool:
        return not any(map(self._is_code, differing)) and packages() == self._packages

    def _is_code(self, path: str) -> bool:
        return path.endswith(".py") or path in self._code
