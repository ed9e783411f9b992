"""Moves a site's files one by one into a folder that cannot be exchanged for another, such as a mounted volume.

A reader who comes meanwhile finds pages and what they need: styles and pictures arrive before the pages that use them,
the front page comes last, and what the new site no longer has is removed after everything has arrived.
"""

import errno
import os
import shutil
import stat
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from .atomic_write import replacing
from .build_error import BuildError

_PAGES = (".html", ".htm", ".xml")


def fill(folder: Path, site: Path, kept: Collection[str]) -> None:
    """Move all files of `site` into `folder`, and remove the others, except below the names in `kept`.

    Each file replaces its predecessor in one step. Raises BuildError for what cannot be removed, OSError for what
    cannot be written; filling the folder again then repairs it.
    """
    make_writable(folder, kept)
    files = files_below(site)
    stale = [file for file in files_below(folder) - files if file.parts[0] not in kept]
    for file in sorted(files, key=lambda file: _turn(file, folder)):
        _make_room(folder, file, kept)
        _move(site / file, folder / file)
    left = [file for file in stale if not _is_removed(folder / file)]
    for where, _, _ in os.walk(folder, topdown=False):
        relative = Path(where).relative_to(folder)
        if relative.parts and relative.parts[0] not in kept:
            with suppress(OSError):
                Path(where).rmdir()  # only an empty one is removed
    if left:
        raise BuildError(
            f"the new site is there, but {folder / left[0]}, of the one before, cannot be removed. "
            "Change its mode or its owner, and build again"
        )


def make_writable(folder: Path, kept: Collection[str] = ()) -> None:
    """Give the owner write permission for a folder and those below it, except below the names in `kept`.

    Raises PermissionError for one that belongs to someone else.
    """
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        folder.chmod(folder.stat().st_mode | stat.S_IRWXU)
    for name in _folders_in(folder):
        if name not in kept:
            make_writable(folder / name)


def _folders_in(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]


def _turn(file: Path, folder: Path) -> tuple[bool, bool, bool]:
    """The sort key of a file: first those that pages need, then new pages, then changed ones, then the front page."""
    return file.suffix in _PAGES, os.path.lexists(folder / file), file.parts == ("index.html",)


def files_below(folder: Path) -> set[Path]:
    """Return the paths of all files and links below a folder, relative to it."""
    paths: set[Path] = set()
    for where, folders, files in os.walk(folder):
        links = [name for name in folders if Path(where, name).is_symlink()]
        paths |= {Path(where, name).relative_to(folder) for name in (*files, *links)}
    return paths


def _make_room(folder: Path, file: Path, kept: Collection[str]) -> None:
    """Create the folders above a new file, replacing files or links with their names."""
    for above in reversed(file.parents[:-1]):
        there = folder / above
        if (there.is_symlink() and file.parts[0] not in kept) or (there.exists() and not there.is_dir()):
            there.unlink()
        there.mkdir(exist_ok=True)
    there = folder / file
    if there.is_dir() and not there.is_symlink():
        shutil.rmtree(there)


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with replacing(target) as beside:
            shutil.copy2(source, beside, follow_symlinks=False)


def _is_removed(file: Path) -> bool:
    """Whether a file is gone, or was replaced by a folder."""
    with suppress(OSError):
        file.unlink()
    return not os.path.lexists(file) or (file.is_dir() and not file.is_symlink())
