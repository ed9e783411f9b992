"""The pages of the last build, for the next one: it renders those anew of which a text changed, and takes the others.

A page is kept with the digests of all texts that were read for it (texts.py), and under a digest of everything else
that it may depend on (premises.py). What is damaged, or was kept for another site, has another digest and is not taken.
Most pages need not even be written: they lie ready in a former site (spare.py).
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from .memory import PATIENCE, Memory
from .opened import Opened
from .premises import Premises, are_same, to_bytes
from .source_warnings import SourceWarning
from .spare import Spare
from .stamps import digest_of, digest_of_bytes

#: Pages by their names; and what all pages together depend on: which files there were in the folders of the site, and
#: in `known` which elsewhere, and which texts someone has read of whom nobody knows what for.
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS pages"
    " (name BLOB PRIMARY KEY, digest BLOB, known BLOB, content_digest BLOB, content BLOB)",
    "CREATE TABLE IF NOT EXISTS site (digest BLOB, files BLOB, known BLOB)",
)
_ALL = "SELECT name, digest, known, content_digest FROM pages"
_CONTENT = "SELECT content FROM pages WHERE name = ?"
#: How Jinja names the files of compiled templates, wherever a site has it keep them.
_COMPILED = f"{os.sep}__jinja2_"


class Page(NamedTuple):
    """A page: its name, what was said while it was written, the keys of the texts that it depends on, and the digest of
    its content, if that is known.
    """

    name: str
    said: list[SourceWarning]
    texts: frozenset[str]
    digest: bytes = b""


class KeptPages:
    """The pages of one site in a database, for one round. Without premises none is kept, and with those of another
    site than that of the last build, none is there (`is_there`).
    """

    def __init__(
        self,
        database: Path,
        memory: Memory,
        premises: Premises | None,
        elsewhere: Collection[str],
        spare: Spare | None = None,
    ) -> None:
        """Open the database. `elsewhere` are the keys of the texts that any page may depend on."""
        self._spare = spare
        self._database, self._memory, self._premises = database, memory, premises
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._elsewhere = {*elsewhere}
        self._common: dict[str, bytes | None] = {}
        self.is_there = False
        #: What is kept of pages besides their contents, by their names.
        self._there: dict[bytes, tuple[bytes, bytes, bytes]] = {}
        self._files = b""
        if premises is not None:
            try:
                self._open(premises)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)

    def true(self, names: Iterable[str]) -> list[Page]:
        """Those of some pages that need not be rendered."""
        if not self.is_there:
            return []
        mark = self._mark()
        return [page for name in names if (page := self._found(name, mark)) is not None]

    def take(self, pages: Iterable[Page], names: Iterable[str], output: Path) -> set[str]:
        """Move pages into an output that lie ready, and the folders of all `names`. Return the names of those pages."""
        if self._connection is None or self._spare is None:
            return set()
        return self._spare.give({page.name: page.digest for page in pages}, names, output)

    def put(self, pages: Iterable[Page], output: Path) -> Iterator[Page]:
        """Write pages into an output that are kept, and yield those that are whole. Another process may do so, if it is
        a copy of this one.
        """
        if self._connection is not None and os.getpid() != self._process:
            # SQLite forbids to go on with a connection there, and to close it.
            self._process, self._inherited = os.getpid(), self._connection
            self._connection = sqlite3.connect(self._database, timeout=PATIENCE)
        folders: set[Path] = set()
        for page in pages:
            content = self._content_of(page)
            if content is not None:
                file = output / page.name
                if file.parent not in folders:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    folders.add(file.parent)
                file.write_bytes(content)
                yield page

    def note_written(self, pages: Iterable[Page], output: Path) -> None:
        """Note that these pages were put into an output just now."""
        if self._spare is None:
            return
        for page in pages:
            self._spare.note_written(page.name, page.digest, output)

    def keep(self, pages: Collection[Page], elsewhere: Iterable[str], happened: Opened, output: Path) -> None:
        """Keep pages that were rendered just now, for the next round."""
        if self._connection is None:
            return
        self._memory.notice(Opened(happened.read))
        self._common |= {path: seen.digest for path, seen in self._memory.common.items()}
        self._elsewhere.update(elsewhere)
        if self._leaves_traces(happened, output):
            self._give_up()
            return
        mark = self._mark()
        try:
            with self._connection as connection:
                known = pickle.dumps((self._common, self._digests(self._elsewhere)))
                connection.execute("DELETE FROM site")
                connection.execute("INSERT INTO site VALUES (?, ?, ?)", (_digest(mark, known), self._files, known))
                rows = self._rows(pages, mark, output)
                connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def close(self, names: Collection[str]) -> None:
        """End the round; `names` are the pages that the site has now."""
        if self._connection is None:
            return
        try:
            with closing(self._connection) as connection, connection:
                there = {bytes(name) for (name,) in connection.execute("SELECT name FROM pages")}
                gone = there - {*map(os.fsencode, names)}
                connection.executemany("DELETE FROM pages WHERE name = ?", [(name,) for name in gone])
        except sqlite3.Error as error:
            self._give_up(error)
        self._connection = None

    def _open(self, premises: Premises) -> None:
        self._database.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(self._database, timeout=PATIENCE)
        # A power cut may damage the file; that shows in the digests.
        self._connection.execute("PRAGMA synchronous = OFF")
        for table in _SCHEMA:
            self._connection.execute(table)
        for digest, files, known in self._connection.execute("SELECT digest, files, known FROM site").fetchall():
            self._files = files
            if digest == _digest(self._mark(), known):
                self.is_there = self._are_true(premises, known)
        if self.is_there:
            self._there = {bytes(name): (*row,) for name, *row in self._connection.execute(_ALL)}
        else:
            self._files = to_bytes(premises.files)
            with self._connection:
                for table in ("pages", "site"):
                    self._connection.execute(f"DELETE FROM {table}")

    def _are_true(self, premises: Premises, known: bytes) -> bool:
        """Whether everything is the same that all pages depend on, by what is known of those that are there."""
        common, elsewhere = pickle.loads(known)
        self._elsewhere |= elsewhere.keys()
        now = self._memory.common
        is_same = all((now[path].digest if path in now else digest_of(path)) == common[path] for path in common)
        is_same = is_same and self._digests(self._elsewhere) == elsewhere
        return is_same and are_same(pickle.loads(self._files), premises.files)

    def _found(self, name: str, mark: bytes) -> Page | None:
        """A page, if it is there and true."""
        key = os.fsencode(name)
        digest, known, content_digest = self._there.get(key, (b"", b"", b""))
        if digest == _digest(mark, key, known, content_digest):
            said, texts = pickle.loads(known)
            if self._digests(texts) == texts:
                return Page(name, said, frozenset(texts), content_digest)
        return None

    def _content_of(self, page: Page) -> bytes | None:
        """The content of a page, if it is whole."""
        if self._connection is None:
            return None
        try:
            rows = self._connection.execute(_CONTENT, (os.fsencode(page.name),)).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return next((content for (content,) in rows if digest_of_bytes(content) == page.digest), None)

    def _rows(self, pages: Iterable[Page], mark: bytes, output: Path) -> Iterator[tuple[bytes, ...]]:
        for page in pages:
            if any(each.level >= logging.ERROR for each in page.said):
                continue  # it fails the build, and is to be tried again
            key, content = os.fsencode(page.name), (output / page.name).read_bytes()
            known, digest = pickle.dumps((page.said, self._digests(page.texts))), digest_of_bytes(content)
            self.note_written([page._replace(digest=digest)], output)
            yield key, _digest(mark, key, known, digest), known, digest, content

    def _digests(self, keys: Iterable[str]) -> dict[str, bytes | None]:
        """The digests of the texts with these keys, as they are now."""
        assert self._premises is not None
        return {key: self._premises.texts.get(key) for key in keys}

    def _mark(self) -> bytes:
        """A digest of all premises but what is in `known`."""
        assert self._premises is not None
        return self._premises.digest + hashlib.blake2b(self._files, digest_size=16).digest()

    def _leaves_traces(self, happened: Opened, output: Path) -> bool:
        """Whether the rendering did more than to read files and to write the pages: who asks another machine may be
        told another thing the next time.
        """
        own = tuple(f"{os.path.abspath(place)}{os.sep}" for place in (output, self._database.parent.parent))  # noqa: PTH100
        wrote = any(not (each.startswith(own) or _COMPILED in each) for each in happened.written)
        return wrote or happened.starts_programs or happened.connects

    def _give_up(self, error: Exception | None = None) -> None:
        """Keep nothing, and take nothing. A database that is damaged is removed, unless another process is at work."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            try:
                self._database.unlink(missing_ok=True)
            except OSError:
                return


def _digest(mark: bytes, *parts: bytes) -> bytes:
    digest = hashlib.blake2b(key=mark, digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
