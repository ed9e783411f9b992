"""What was read from sources, for as long as they and all files that they include stay the same.

In a process it is kept as it is, between processes in a database. One that is damaged, cut short or cannot be written
is done without: nothing is in it that cannot be read again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import snapshot
from .digests import Digests
from .opened import Opened, unheard
from .shared_files import shared_files
from .snapshot import Snapshot
from .source_warnings import SourceWarning
from .stamps import Seen

#: Sources, by their keys, and the paths of the files that all of them depend on.
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS sources (key BLOB PRIMARY KEY, content BLOB, digest BLOB) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS common (path BLOB PRIMARY KEY) WITHOUT ROWID",
)

#: How long to wait for another process that is at work on the database, in seconds.
PATIENCE = 10.0

#: How many sources are written into the database together, while others are read.
_MANY = 512

#: A source, as the kind of what it becomes and its path below the content.
Key = tuple[str, str]


@dataclass(slots=True)
class Remembered:
    """What was read from a source. `files` are the source and what it includes, as they were. The post is there as a
    snapshot, as bytes for another process, or both; without the bytes it is for this process only. It is not lasting if
    a plugin kept something of the post elsewhere: then it is for this round only. The digests are those of the post, if
    it has any.
    """

    files: list[Seen]
    said: list[SourceWarning]
    taken: Snapshot | None
    written: bytes | None
    is_lasting: bool = True
    digests: Digests | None = None

    def is_true(self) -> bool:
        """Whether reading it again would give the same."""
        return all(each.is_same() for each in self.files)

    def restored(self, settings: dict[str, Any], context: dict[str, Any]) -> Any:
        """The post, rebuilt from the snapshot. Gives the warnings again."""
        assert self.taken is not None
        for said in self.said:
            said.again()
        return snapshot.restore(self.taken, settings, context)


class Memory:
    """The sources of one site. `settings` and `context` are those of Pelican, `common` the files that all depend on.

    In the database, each source has a digest of what was read from it and of the common files together. So what was
    read while one of these was another is as good as damaged.
    """

    def __init__(self, database: Path | None, settings: dict[str, Any]) -> None:
        """Open a database, or do without one."""
        self.settings = settings
        self.sources: dict[Key, Remembered] = {}
        self.unsaved: set[Key] = set()
        self._asked: set[Key] = set()
        self.common: dict[str, Seen] = {}
        self._marked = self._mark()
        self._database = database
        if database is not None:
            self._load(database)

    def recall(self, key: Key, context: dict[str, Any]) -> Any:
        """The post that a source becomes, rebuilt, or None if it must be read. Gives its warnings again."""
        remembered = self.remembered(key, context)
        return None if remembered is None else remembered.restored(self.settings, context)

    def remembered(self, key: Key, context: dict[str, Any]) -> Remembered | None:
        """What was read from a source, with its snapshot, or None if it must be read."""
        self._asked.add(key)
        remembered = self.sources.get(key)
        if remembered is None:
            return None
        if not remembered.is_true():
            self.forget(key)
            return None
        if remembered.taken is None:
            assert remembered.written is not None
            try:
                remembered.taken = snapshot.from_bytes(remembered.written, self.settings, context)
            except Exception:  # a class that is gone, or whatever else the objects of a plugin may raise
                self.forget(key)
                return None
            if key not in self.unsaved:
                remembered.written = None
        return remembered

    def notice(self, happened: Opened) -> None:
        """Take in what was opened. What this process writes itself is nothing that it depends on."""
        for path in happened.written & self.common.keys():
            del self.common[path]
        for path in shared_files(happened.read - happened.written - self.common.keys(), self.settings):
            self.common[path] = Seen.now(path)

    def differing(self) -> list[str]:
        """The common files that changed since they were read."""
        return [path for path, seen in self.common.items() if not seen.is_same()]

    def forget_if_differing(self) -> None:
        """Forget all sources if a common file has changed."""
        differing = self.differing()
        self.common |= {path: Seen.now(path) for path in differing}
        for key in [*self.sources] if differing else ():
            self.forget(key)

    def keep(self, key: Key, remembered: Remembered) -> None:
        """Remember what was read from a source."""
        self.sources[key] = remembered
        self.unsaved.add(key)

    def forget(self, key: Key) -> None:
        """Forget a source."""
        del self.sources[key]
        self.unsaved.add(key)

    def forget_unasked(self) -> None:
        """Forget the sources that nobody recalled or kept since the last time: they are gone."""
        for key in self.sources.keys() - self._asked:
            self.forget(key)
        self._asked = set()

    def save_if_many(self) -> None:
        """Write what changed into the database, if that is much: it is then not held as bytes any more."""
        if len(self.unsaved) >= _MANY:
            self.save()

    def save(self) -> None:
        """Write what changed into the database."""
        mark = self._mark()
        if self._database is None or not (self.unsaved or mark != self._marked):
            return
        changed, self.unsaved = self.unsaved, set()
        with unheard(), suppress(OSError):
            self._database.parent.mkdir(parents=True, exist_ok=True)
        try:
            with _connected(self._database) as connection, connection:
                for table in _SCHEMA:
                    connection.execute(table)
                connection.executemany("DELETE FROM sources WHERE key = ?", [(_to_blob(key),) for key in changed])
                if mark != self._marked:
                    self._mark_anew(connection, mark)
                connection.executemany("INSERT INTO sources VALUES (?, ?, ?)", self._rows(changed, mark))
        except sqlite3.Error as error:
            self._give_up(error)

    def _mark(self) -> bytes:
        """A digest of the common files: none, if one of them is being changed."""
        digest = hashlib.blake2b(digest_size=16)
        for path, seen in sorted(self.common.items()):
            digest.update(os.fsencode(path) + b"\0" + (seen.digest or b""))
        return digest.digest()

    def _mark_anew(self, connection: sqlite3.Connection, mark: bytes) -> None:
        """Write into the database what the common files are now."""
        connection.execute("DELETE FROM common")
        connection.executemany("INSERT INTO common VALUES (?)", [(os.fsencode(path),) for path in self.common])
        for (key,) in connection.execute("SELECT key FROM sources").fetchall():
            row, digest = connection.execute("SELECT content, digest FROM sources WHERE key = ?", (key,)).fetchone()
            if digest == _digest(row, self._marked):
                connection.execute("UPDATE sources SET digest = ? WHERE key = ?", (_digest(row, mark), key))
        self._marked = mark

    def _rows(self, keys: Iterable[Key], mark: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
        for key in keys:
            remembered = self.sources.get(key)
            if remembered is not None and remembered.written is not None:
                files = [(seen.path, seen.stamp, seen.digest, seen.is_settled) for seen in remembered.files]
                kept = files, remembered.said, remembered.written, remembered.digests
                row = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
                if remembered.taken is not None:
                    remembered.written = None
                yield _to_blob(key), row, _digest(row, mark)

    def _load(self, database: Path) -> None:
        """Read the database; what is damaged in it is left out."""
        if not os.path.isfile(database):  # noqa: PTH113  # which never raises: the folder may be somebody else's
            return
        try:
            with _connected(database) as connection:
                paths = [os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM common")]
                self.common = {path: Seen.now(path) for path in paths}
                self._marked = self._mark()
                for key, row, digest in connection.execute("SELECT key, content, digest FROM sources"):
                    if digest == _digest(row, self._marked):
                        kind, path = os.fsdecode(key).split("\0")
                        files, said, written, digests = pickle.loads(row)
                        self.sources[kind, path] = Remembered(
                            [Seen(*each) for each in files], said, None, written, digests=digests
                        )
        except (sqlite3.Error, ValueError, TypeError) as error:
            self.sources = {}
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Begin with an empty database next time, unless another process is at work on this one; or do without one if
        it cannot be removed.
        """
        assert self._database is not None
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            return
        try:
            self._database.unlink(missing_ok=True)
        except OSError:
            self._database = None


def _digest(row: bytes, mark: bytes) -> bytes:
    return hashlib.blake2b(row, key=mark).digest()


def _to_blob(key: Key) -> bytes:
    return os.fsencode("\0".join(key))


class _connected:
    """A database for the time of a block, closed at its end."""

    def __init__(self, database: Path) -> None:
        self.connection = sqlite3.connect(database, timeout=PATIENCE)
        # A power cut may damage the file; that shows in the digests.
        self.connection.execute("PRAGMA synchronous = OFF")

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()
