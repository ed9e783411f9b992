"""Which files of a site become articles and pages, according to Pelican itself, and which it cannot see.

Pelican silently skips a folder that it may not read and a link that leads nowhere, and reads a folder that a link leads
back to forty times.
"""

from __future__ import annotations

import errno
import fnmatch
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: What Pelican reads as Markdown.
MARKDOWN = ("md", "markdown", "mkd", "mdown")
_LOST = "is a broken link; fix or remove it"
_FORBIDDEN = "Change its mode or its owner, or exclude it in the settings"
#: What helps where the machine is at fault, and not the file.
_REMEDIES = {
    errno.EIO: "Look after the disk, which may be failing",
    errno.ESTALE: "Mount its file system again",
    errno.ENOTCONN: "Mount its file system again",
    errno.EMFILE: "Allow more (ulimit -n), and try again",
    errno.ENAMETOOLONG: "Shorten its name, or those of the folders above",
}


class Sources:
    """The sources of one of Pelican's generators: of `kind` ARTICLE or PAGE, as its settings call them."""

    def __init__(self, generator: Any, kind: str) -> None:
        self.generator = generator
        self.settings: dict[str, Any] = generator.settings
        self.content = Path(generator.path)
        self.folders = [str(each) for each in self.settings[f"{kind}_PATHS"]]
        self.excluded = [str(each) for each in self.settings[f"{kind}_EXCLUDES"]]
        self.endings = {str(each) for each in generator.readers.extensions}

    def files(self) -> list[str]:
        """The paths of the files that Pelican reads, by name."""
        return self._found(self.folders)

    def unseen(self) -> Iterator[tuple[Path, str]]:
        """Each file or folder that Pelican would skip although it should be read, and what is wrong with it."""
        told: set[Path] = set()
        for name in self.folders:
            folder = self.content / name
            try:
                folder.stat()
            except OSError as error:
                if _is_link(folder) or not isinstance(error, FileNotFoundError):
                    yield folder, why_unread(folder, error)
                continue
            if folder.is_dir():
                for path, why in self._unseen_below(folder):
                    told.add(path)
                    yield path, why
            elif not self._found([name]):
                yield folder, "is neither a folder nor a file that Pelican reads"
        for name in self._found(self.folders, every=True):
            if os.path.splitext(name)[1][1:] in self.endings:  # noqa: PTH122
                continue
            path = Path(name)
            if path.name.startswith(".") or not told.isdisjoint(path.parents):
                continue
            if _leads_nowhere(path):
                yield path, _LOST
            elif path.suffix[1:].lower() in self.endings.intersection(MARKDOWN):
                yield path, f"is skipped by Pelican; write its extension in lower case: {path.suffix.lower()}"

    def _found(self, folders: list[str], every: bool = False) -> list[str]:
        """What Pelican finds in its folders: the files that it reads, or every file that it does not exclude."""
        names = self.generator.get_files(folders, exclude=self.excluded, **({"extensions": False} if every else {}))
        content = os.path.abspath(self.content)  # noqa: PTH100
        return sorted({os.path.normpath(f"{content}{os.sep}{name}") for name in names})

    def _unseen_below(self, folder: Path) -> Iterator[tuple[Path, str]]:
        """Of the folders below one that Pelican enters, those that cannot be read or that lead back to one above."""
        excluded = {self.content / each for each in self.excluded}
        troubles: list[OSError] = []
        for where, folders, _ in os.walk(folder, onerror=troubles.append, followlinks=True):
            left = []
            for name in folders:
                path = Path(where, name)
                if path in excluded or any(fnmatch.fnmatch(name, each) for each in self.settings["IGNORE_FILES"]):
                    continue
                if _is_link(path) and Path(where).resolve().is_relative_to(path.resolve()):
                    yield path, "is a link to a folder that contains it; remove it"
                    continue
                left.append(name)
            folders[:] = left
        yield from ((Path(trouble.filename), why_unread(Path(trouble.filename), trouble)) for trouble in troubles)


def why_unread(path: Path, error: OSError) -> str:
    """Why a file or folder cannot be read, and what to do."""
    if _leads_nowhere(path):
        return _LOST
    return f"cannot be read: {error.strerror}. {_REMEDIES.get(error.errno or 0, _FORBIDDEN)}"


def _leads_nowhere(path: Path) -> bool:
    return _is_link(path) and not os.path.exists(path)  # noqa: PTH110  # which never raises


def _is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114  # which never raises
