"""What a site consists of: each file with a digest of its bytes, and the address that it was built for."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: What an output folder may hold that is not part of the site: repositories, which OUTPUT_RETENTION keeps, and the
#: working folder of press.
NEVER_SENT = frozenset({".git", ".hg", ".svn", ".output.new", "lost+found"})


@dataclass(frozen=True)
class Changes:
    """How a site differs from the one before; the paths are sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether there is a difference."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Manifest:
    """A site: its public address, and the digest of each file by its path below the site's root."""

    address: str
    files: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path, address: str) -> Manifest:
        """Read a folder that holds a site."""
        paths = (Path(path) for path in files_below(folder))
        return cls(address, {path.relative_to(folder).as_posix(): _digest(path) for path in sorted(paths)})

    @classmethod
    def from_json(cls, text: str) -> Manifest | None:
        """Read what `to_json` has made, or return None if it is damaged."""
        try:
            read = json.loads(text)
            return cls(str(read["address"]), {str(path): str(digest) for path, digest in read["files"].items()})
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def to_json(self) -> str:
        """Return it as text in ASCII that is kept at the host."""
        return json.dumps({"address": self.address, "files": dict(self.files)}, indent=0)

    @cached_property
    def digest(self) -> str:
        """The same for sites with the same files."""
        lines = (f"{digest} {path}\n" for path, digest in sorted(self.files.items()))
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

    def changes_from(self, old: Manifest | None) -> Changes:
        """Return what becomes of the files of `old`, which is None where there was no site."""
        before = old.files if old is not None else {}
        both = self.files.keys() & before.keys()
        changed = {path for path in both if self.files[path] != before[path]}
        return Changes(
            tuple(sorted(self.files.keys() - both)),
            tuple(sorted(changed)),
            tuple(sorted(before.keys() - both)),
            len(both) - len(changed),
        )


def files_below(folder: Path) -> Iterator[str]:
    """The paths of all files of a site, those behind links too."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in NEVER_SENT:
                continue
            if entry.is_dir():
                yield from files_below(Path(entry.path))
            else:
                yield entry.path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
