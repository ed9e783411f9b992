"""Files of a site that had no faults in the last build: those that have not changed are not checked again.

Whether a file is right depends on itself, on which files the site has, and on what a link is to this site. What it does
not depend on is whether other pages have the places that links lead to, so that those links are kept.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from press.atomic_write import write_atomically

#: The rooms of this plugin that say what is right.
_ROOMS = ("checks", "facts", "kinds", "site")


class PlaceLink(NamedTuple):
    """A link to a place on a page: that file and its place, the folder that the link is relative to (empty if it is to
    none), and the link as it is written.
    """

    file: str
    place: str
    folder: str
    value: str


class GoodFiles:
    """The record of good files, in a file that need not exist or be writable; with None, nothing is kept."""

    def __init__(self, file: Path | None, premises: Iterable[str]) -> None:
        """Read the record, if it was made under the same premises."""
        self._file = file
        self._premises = digest_of("\n".join((_way_of_looking(), *premises)).encode("utf-8", "surrogatepass"))
        self._last = self._read()
        self._now: dict[str, tuple[str, list[PlaceLink]]] = {}

    def links(self, name: str, digest: str) -> list[PlaceLink] | None:
        """The links to places in a file that had this digest and was right; None if it is to be looked at."""
        known = self._last.get(name)
        if known is None or known[0] != digest:
            return None
        self._now[name] = known
        return known[1]

    def note(self, name: str, digest: str, links: list[PlaceLink]) -> None:
        """Note that all is right in a file, but perhaps for these links."""
        self._now[name] = digest, links

    def keep(self) -> None:
        """Keep what was noted for the next time."""
        if self._file is None:
            return
        with suppress(OSError):
            write_atomically(self._file, json.dumps([self._premises, self._now]).encode())

    def _read(self) -> dict[str, tuple[str, list[PlaceLink]]]:
        try:
            premises, known = json.loads(self._file.read_bytes()) if self._file is not None else ("", {})
            if premises == self._premises:
                return {name: (digest, [PlaceLink(*each) for each in links]) for name, (digest, links) in known.items()}
        except (OSError, ValueError, TypeError, AttributeError):  # what is damaged may be any JSON, or none
            pass
        return {}


def digest_of(content: bytes) -> str:
    """The digest of a file with this content: 128 bits of BLAKE2b, in hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


@cache
def _way_of_looking() -> str:
    """A digest that differs when this plugin's checks, or Python, change."""
    folder = Path(__file__).parent.parent
    modules = sorted(path for room in _ROOMS for path in folder.joinpath(room).glob("*.py"))
    return sys.version + digest_of(b"".join(each.read_bytes() for each in modules))
