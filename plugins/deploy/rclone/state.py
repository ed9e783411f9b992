"""What is at the remote, as the last deployment has written it down; readers can open it, so it names no page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

#: How many releases are kept.
KEPT = 5
#: The digest of a file that may be half there, or still be the one before.
_UNSURE = ""


@dataclass(frozen=True)
class State:
    """The site at the remote: its address, the digest of each file by the digest of its path, and the releases that it
    was, the oldest first; the last one but `release` may have been taken back. `serial` counts what is written down.
    """

    address: str
    files: Mapping[str, str]
    release: str
    releases: tuple[str, ...]
    serial: int = 0

    @classmethod
    def latest(cls, text: str) -> State | None:
        """Read the last of several that are whole, one a line, or return None if none is."""
        states = [state for line in text.splitlines() if (state := cls._read(line)) is not None]
        return max(states, key=lambda state: state.serial, default=None)

    @classmethod
    def _read(cls, line: str) -> State | None:
        try:
            read = json.loads(line)
            files = {str(path): str(digest) for path, digest in read["files"].items()}
            return cls(read["address"], files, read["release"], tuple(read["releases"]), int(read["serial"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def to_json(self) -> str:
        """Return it as a line."""
        facts = {"address": self.address, "release": self.release, "releases": self.releases, "serial": self.serial}
        return json.dumps({**facts, "files": dict(self.files)}) + "\n"

    def known(self, paths: Iterable[str]) -> dict[str, str]:
        """Those of the paths at the remote that are of the site, each with the digest of what is there, or ""."""
        return {path: self.files[name] for path in paths if (name := name_of(path)) in self.files}

    def unsure_of(self, paths: Iterable[str]) -> State:
        """Return it as it is while these paths are sent or removed."""
        return replace(self, files={**self.files, **{name_of(path): _UNSURE for path in paths}}, serial=self.serial + 1)

    def after(self, address: str, files: Mapping[str, str], release: str) -> State:
        """Return it as it is when a release is there."""
        releases = self.releases if release in self.releases else (*self.releases, release)
        named = {name_of(path): digest for path, digest in files.items()}
        return State(address, named, release, releases[-KEPT:], self.serial + 1)


def name_of(path: str) -> str:
    """What a path is called."""
    return hashlib.sha256(path.encode()).hexdigest()[:32]
