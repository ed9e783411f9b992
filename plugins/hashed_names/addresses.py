"""References between the files of a site: which file one leads to, and how it is written when that gets another name.

A reference stays of its kind: one that is relative stays relative, one with the host keeps it, and what follows the
path stays after it. A query is kept, since two queries may mean two things, such as two instances of a module.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

_PARTS = re.compile(
    r"(?P<origin>(?:(?:https?:)?//[^/?#]*+)?)(?P<path>[^?#]*+)(?P<behind>.*+)", re.IGNORECASE | re.DOTALL
)
#: What begins like an address that is not of this kind: `data:`, `mailto:`.
_OTHER = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*+:", re.IGNORECASE)
#: Signs that browsers leave out at both ends.
_BLANKS = " \t\n\r\f"
#: What may stand in a path as it is, also in a stylesheet.
_UNQUOTED = "/~!$&*+,;=@"


class Reference(NamedTuple):
    """A reference to something below the root of the site: its scheme and host as written, whether it is relative to
    what it stands in, the path below the root as a file has it, and the query and fragment as written.
    """

    origin: str
    is_relative: bool
    path: str
    behind: str


class Addresses:
    """The addresses of a site by its own, which is complete: `https://example.org/blog`."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self._host = parts.netloc.lower()
        self._root = unquote(parts.path).rstrip("/") + "/"
        self._quoted_root = parts.path.rstrip("/") + "/"
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def of(self, file: str) -> str:
        """Return the complete address of a file, given by its path below the root."""
        return f"{self._origin}{self._quoted_root}{_quoted(file)}"

    def below(self, base: str, value: str) -> str:
        """Return the address that references on a page are relative to, given its own and what its `<base>` says."""
        return urljoin(base, value.strip(_BLANKS))

    def read(self, value: str, base: str) -> Reference | None:
        """Return what a reference leads to, in something with the complete address `base`; None if that is not below
        the root of the site, or is where the reference stands itself.
        """
        if _OTHER.match(value):
            return None
        parts = _PARTS.fullmatch(value.strip(_BLANKS))
        if parts is None or not parts["path"]:
            return None
        is_relative = not parts["origin"] and not parts["path"].startswith("/")
        if is_relative:
            above = _PARTS.fullmatch(base)
            if above is None or not self._is_own(above["origin"]):
                return None
            whole = posixpath.join(posixpath.dirname(unquote(above["path"])), unquote(parts["path"]))
        elif parts["origin"] and not self._is_own(parts["origin"]):
            return None
        else:
            whole = unquote(parts["path"])
        path = posixpath.normpath(whole)
        path = "/" + path.lstrip("/") + "/" * (whole.endswith("/") and path != "/")
        if not path.startswith(self._root):
            return None
        return Reference(parts["origin"], is_relative, path[len(self._root) :], parts["behind"])

    def written(self, reference: Reference, file: str, base: str) -> str:
        """Return how a reference of the same kind to a file is written in something with the address `base`."""
        if not reference.is_relative:
            return f"{reference.origin}{self._quoted_root}{_quoted(file)}{reference.behind}"
        above = _PARTS.fullmatch(base)
        assert above is not None, "an address"
        here = posixpath.dirname(unquote(above["path"])) or "/"
        way = posixpath.relpath(self._root + file, here) + "/" * file.endswith("/")
        return f"{_quoted(way)}{reference.behind}"

    def _is_own(self, origin: str) -> bool:
        return origin.partition("//")[2].lower() == self._host


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe=_UNQUOTED)
