"""A site at its public address, and the files that it has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

#: What may stand in the path of an address as it is.
_PLAIN = "/:@!$&'()*+,;=~"
_PAGES = (".html", ".htm")


class Site(NamedTuple):
    """A site that was built. `address` has no slash at its end, `output` is where its files are, and `files` are their
    names below that, in order, those in hidden folders too.
    """

    address: str
    output: Path
    files: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder of its host that the site is in, as it is in addresses: empty or such as `/blog`."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether its address begins with `https:`."""
        return self.address.lower().startswith("https:")

    def whole(self, address: str) -> str:
        """The complete address of one below the root of the site; what is encoded already stays so."""
        return f"{self.address}/{_written(address)}"

    def on_host(self, address: str) -> str:
        """The path on its host of an address below the root of the site; what is encoded already stays so."""
        return f"{self.folder}/{_written(address)}"

    def pages(self) -> Iterator[str]:
        """Yield the names of its pages."""
        return (name for name in self.files if name.endswith(_PAGES))

    def read(self, name: str) -> str:
        """The text of one of its files; bytes that are not UTF-8 are replaced."""
        return (self.output / name).read_text(encoding="utf-8", errors="replace")


def site_at(address: str, output: str | Path) -> Site:
    """Look at the files of a site."""
    return Site(address, Path(output), files_in(output))


def files_in(output: str | Path) -> tuple[str, ...]:
    """The names of the files below an output, which need not exist, in order."""
    return tuple(sorted(_names(str(output))))


def encoded(name: str) -> str:
    """The name of a file as it is written in an address."""
    return quote(name, safe=_PLAIN)


def _written(address: str) -> str:
    return quote(address.lstrip("/"), safe=_PLAIN + "%#?")


def _names(output: str) -> Iterator[str]:
    for where, _, names in os.walk(output):
        below = Path(where).relative_to(output).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in names)
