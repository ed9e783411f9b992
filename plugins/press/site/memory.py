"""What was read from sources, for as long as they and all files that they include stay the same.

In a process it is kept as it is, between processes in a database. One that is damaged, cut short or cannot be written
is done without: nothing is in it that cannot be read again.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import snapshot
from .said import Said
from .snapshot import Snapshot
from .stamps import Seen

_SCHEMA = "CREATE TABLE IF NOT EXISTS sources (key TEXT PRIMARY KEY, content BLOB, digest BLOB) WITHOUT ROWID"

#: A source, as the kind of what it becomes and its path below the content.
Key = tuple[str, str]


@dataclass(slots=True)
class Remembered:
    """What was read from a source. `files` are the source and what it includes, as they were. The post is there as a
    snapshot, as bytes for another process, or both; without the bytes it is for this process only.
    """

    files: list[Seen]
    said: list[Said]
    taken: Snapshot | None
    written: bytes | None

    def is_true(self) -> bool:
        """Whether reading it again would give the same."""
        return all(each.is_same() for each in self.files)


class Memory:
    """The sources of one site. `settings` and `context` are those of Pelican."""

    def __init__(self, database: Path | None, settings: dict[str, Any]) -> None:
        """Open a database, or do without one."""
        self.settings = settings
        self.sources: dict[Key, Remembered] = {}
        self.unsaved: set[Key] = set()
        self._asked: set[Key] = set()
        self._database = database
        if database is not None:
            self._load(database)

    def recall(self, key: Key, context: dict[str, Any]) -> Any:
        """The post that a source becomes, made anew, or None if it must be read. Gives its warnings again."""
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
        for said in remembered.said:
            said.again()
        return snapshot.restore(remembered.taken, self.settings, context)

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

    def save(self) -> None:
        """Write what changed into the database."""
        if self._database is None or not self.unsaved:
            return
        changed, self.unsaved = self.unsaved, set()
        try:
            with _connected(self._database) as connection, connection:
                connection.execute(_SCHEMA)
                connection.executemany("DELETE FROM sources WHERE key = ?", [("\0".join(key),) for key in changed])
                connection.executemany("INSERT INTO sources VALUES (?, ?, ?)", self._rows(changed))
        except (OSError, sqlite3.Error):
            self._give_up()

    def _rows(self, keys: Iterable[Key]) -> Iterator[tuple[str, bytes, bytes]]:
        for key in keys:
            remembered = self.sources.get(key)
            if remembered is not None and remembered.written is not None:
                files = [(seen.path, seen.stamp, seen.digest, seen.is_settled) for seen in remembered.files]
                row = pickle.dumps((files, remembered.said, remembered.written), pickle.HIGHEST_PROTOCOL)
                if remembered.taken is not None:
                    remembered.written = None
                yield "\0".join(key), row, hashlib.blake2b(row).digest()

    def _load(self, database: Path) -> None:
        """Read the database; what is damaged in it is left out."""
        if not database.is_file():
            return
        try:
            with _connected(database) as connection:
                for key, row, digest in connection.execute("SELECT key, content, digest FROM sources"):
                    if hashlib.blake2b(row).digest() == digest:
                        kind, path = key.split("\0")
                        files, said, written = pickle.loads(row)
                        self.sources[kind, path] = Remembered([Seen(*each) for each in files], said, None, written)
        except (OSError, sqlite3.Error, ValueError, TypeError):
            self.sources = {}
            self._give_up()

    def _give_up(self) -> None:
        """Begin with an empty database next time, or do without one if this one cannot be removed."""
        assert self._database is not None
        try:
            self._database.unlink(missing_ok=True)
        except OSError:
            self._database = None


class _connected:
    """A database for the time of a block, closed at its end."""

    def __init__(self, database: Path) -> None:
        self.connection = sqlite3.connect(database, timeout=10)
        # A power cut may damage the file; that shows in the digests.
        self.connection.execute("PRAGMA synchronous = OFF")

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()
