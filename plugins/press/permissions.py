"""The permissions of a site's files: everybody may read them, wherever they are copied to."""

import os
import stat
from collections.abc import Container
from pathlib import Path

_FOLDER, _FILE, _PROGRAM = 0o755, 0o644, 0o755
_READABLE = 0o044


def let_everybody_read(folder: Path, known: Container[str] = ()) -> None:
    """Let everybody read what is in a folder, as a web server must, and only its owner write, whatever new files are
    allowed here (umask): the same site then has the same permissions wherever it is built. A program stays one, and a
    file that is its own source (STATIC_CREATE_LINKS) keeps what it has besides. Folders that are `known` to be so, by
    their paths, need not be looked into.
    """
    _set(str(folder), folder.stat().st_mode, _FOLDER)
    _let_read_below(str(folder), known)


def _let_read_below(folder: str, known: Container[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or entry.path in known:
                continue
            status = entry.stat()
            if entry.is_dir():
                _set(entry.path, status.st_mode, _FOLDER)
                _let_read_below(entry.path, known)
            else:
                usual = _PROGRAM if status.st_mode & stat.S_IXUSR else _FILE
                own = status.st_mode & 0o777 | _READABLE
                _set(entry.path, status.st_mode, own if status.st_nlink > 1 else usual)


def is_readable(mode: int) -> bool:
    """Whether a folder with this mode has the permissions that a site's has."""
    return stat.S_ISDIR(mode) and mode & 0o777 == _FOLDER


def _set(path: str, mode: int, wanted: int) -> None:
    """Give a file its permissions for owner, group and others, and leave the bits above them."""
    if stat.S_IMODE(mode) & 0o777 != wanted:
        os.chmod(path, stat.S_IMODE(mode) & ~0o777 | wanted)  # noqa: PTH101
