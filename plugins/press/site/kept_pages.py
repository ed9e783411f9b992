"""Pages that were rendered, kept in a database from one build to the next: as many as the last build had.

What is damaged, cut short or cannot be written is done without: nothing is in it that cannot be rendered again.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from .memory import PATIENCE
from .said import Said

_SCHEMA = "CREATE TABLE IF NOT EXISTS pages (name TEXT PRIMARY KEY, row BLOB, digest BLOB) WITHOUT ROWID"
#: A fifth of the size for a seventh of the time that rendering takes; higher levels take more time than they are worth.
_LEVEL = 1

#: The name of a post, as description.py has it.
PostKey = tuple[str, ...]


class KeptPage(NamedTuple):
    """A page: what was said while it was rendered, the posts that were looked at, and a digest of these and of all else
    that it depends on. `packed` is the page itself.
    """

    said: list[Said]
    posts: tuple[PostKey, ...]
    digest: bytes
    packed: bytes

    def body(self) -> bytes:
        """The page."""
        return zlib.decompress(self.packed)


def pack(body: bytes) -> bytes:
    """A page as it is kept."""
    return zlib.compress(body, _LEVEL)


class KeptPages:
    """The pages of the last build, which are replaced by those of this one."""

    def __init__(self, database: Path | None) -> None:
        """Take up what is in a database, which need not be there; or do without one."""
        self._database = database
        self._before = _load(database) if database is not None and database.is_file() else {}
        self._now: dict[str, KeptPage] = {}

    def find(self, name: str) -> KeptPage | None:
        """A page of the last build, by its file."""
        return self._before.get(name)

    def keep(self, name: str, page: KeptPage | None) -> None:
        """Keep a page of this build, by its file; none if it is None."""
        if page is not None:
            self._now[name] = page

    def save(self) -> None:
        """Write what changed into the database."""
        changed = {name: page for name, page in self._now.items() if page is not self._before.get(name)}
        gone = self._before.keys() - self._now.keys()
        if self._database is not None and (changed or gone):
            _save(self._database, gone, changed)


def _load(database: Path) -> dict[str, KeptPage]:
    """The pages in a database, by their files; what is damaged in it is left out."""
    pages: dict[str, KeptPage] = {}
    with suppress(sqlite3.Error, OSError), closing(_connected(database)) as connection:
        for name, row, digest in connection.execute("SELECT name, row, digest FROM pages"):
            with suppress(ValueError, TypeError):
                if digest == _digest(name, row):
                    pages[name] = KeptPage(*pickle.loads(row))
    return pages


def _save(database: Path, gone: Iterable[str], pages: dict[str, KeptPage]) -> None:
    """Remove the pages that are gone from a database, and put others in. A damaged one is begun anew next time."""
    rows = {}
    for name, page in pages.items():
        with suppress(Exception):  # what a plugin has said may contain objects of this process
            rows[name] = pickle.dumps(tuple(page), pickle.HIGHEST_PROTOCOL)
    try:
        with closing(_connected(database)) as connection, connection:
            connection.execute(_SCHEMA)
            connection.executemany("DELETE FROM pages WHERE name = ?", [(name,) for name in gone])
            changed = [(name, row, _digest(name, row)) for name, row in rows.items()]
            connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", changed)
    except (sqlite3.Error, OSError, ValueError) as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            with suppress(OSError):
                database.unlink(missing_ok=True)


def _digest(name: str, row: bytes) -> bytes:
    """A digest of a row, in its place."""
    return hashlib.blake2b(name.encode("utf-8", "surrogateescape") + b"\0" + row).digest()


def _connected(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(database, timeout=PATIENCE)
    # A power cut may damage the file; that shows in the digests.
    connection.execute("PRAGMA synchronous = OFF")
    return connection
