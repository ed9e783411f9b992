"""The folder of the finished site, and how a new site replaces the previous one.

A build writes into a folder of its own. If all is well, that replaces the old one in a single step, so that one
complete site or the other is always in place, even if a build is killed. If the system cannot exchange folders, they
are renamed one after the other; if they cannot be renamed either, such as a mounted volume, the files are moved one by
one.
"""

import os
import re
import secrets
import shutil
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from . import exchange
from .build_error import BuildError
from .filling import fill, make_writable
from .machine import mark_of, remedy, trouble
from .permissions import let_everybody_read
from .project import in_project
from .times import keep_times
from .tree_removal import remove_tree

#: What a file system puts in its own root, which may be the output.
_OF_THE_SYSTEM = "lost+found"
#: The folder that a build writes into if it cannot have one beside the output.
_INSIDE = ".output.new"


class OutputFolder:
    """The output of a build; `shown` is the name that the user gave it, `real` the folder that it leads to."""

    def __init__(self, shown: Path) -> None:
        """Find the folder. Raises BuildError if a site cannot be there."""
        self.shown = shown
        self.real = Path(os.path.realpath(shown))
        if self.real.is_symlink():
            raise BuildError(f"{shown} is a link to itself; remove it")
        if Path.cwd().is_relative_to(self.real) or (self.real.exists() and not self.real.is_dir()):
            raise BuildError(f"{shown} cannot be replaced by a site; choose a folder of its own")
        self.aside = self.real.with_name(self.real.name + ".old")
        self.fresh = self.real.with_name(self.real.name + ".new")
        with suppress(OSError):  # the next step reports it better
            self.real.parent.mkdir(parents=True, exist_ok=True)

    def prepare(self, *, is_locked: bool = True) -> Path:
        """Clean up after builds that were killed, and return a new folder to build into. Without a lock, other builds
        may be going on: then what they use is left alone.

        Raises BuildError if it cannot be created.
        """
        if self.aside.is_dir() and not self.real.exists():
            self.aside.rename(self.real)  # one was killed between two renames
        if mark := mark_of(self.real):
            raise BuildError(f"{self.shown}/ cannot be replaced: {in_project(self.real)} is marked {mark}")
        if self.real.is_dir() and (_holds_mount(self.real) or _cannot_change(self.real.parent)):
            self.fresh = self.real / _INSIDE
            try:
                make_writable(self.real, kept=[path.name for path in self.real.iterdir()])
            except OSError as error:
                raise BuildError(f"{self.shown}/ cannot be written to: {trouble(error)}") from None
        if not is_locked:
            own = f"-{secrets.token_hex(4)}"
            self.fresh, self.aside = (each.with_name(each.name + own) for each in (self.fresh, self.aside))
        self.fresh, self.aside = _free(self.fresh), _free(self.aside)
        try:
            self.fresh.mkdir()
            self._made = _held(self.fresh)
        except OSError as error:
            why = f"{self.fresh.name} cannot be created in {self.fresh.parent}: {error.strerror}"
            raise BuildError(f"{why}. {remedy(error)}") from None
        return self.fresh

    def refuse_to_hold(self, source: Path) -> None:
        """Raise BuildError if a new site would replace a folder that it is built from."""
        if Path(os.path.realpath(source)).is_relative_to(self.real):
            raise BuildError(
                f"{self.shown} cannot be replaced by a site, because it contains {source}; choose another folder"
            )

    def posts(self, pattern: object, retained: Collection[str], others: Iterable[object] = ()) -> list[Path]:
        """Return the files of the old site that are posts, by Pelican's setting for that, and that the new site does
        not have. Where the setting is "" or False, Pelican writes none. `others` are the settings for what else it
        writes, such as drafts: one that begins in a folder of its own takes what is in there.
        """
        beginning = _beginning(pattern)
        elsewhere = [_glob(each) for each in others if len(_beginning(each)) > len(beginning)]
        paths = self._fitting(_glob(pattern)).difference(*map(self._fitting, elsewhere))
        ours = [path for path in paths if path.parts[0] not in (*retained, self.fresh.name)]
        return sorted(path for path in ours if not (self.fresh / path).exists())

    def _fitting(self, pattern: str) -> set[Path]:
        return {path.relative_to(self.real) for path in self.real.glob(pattern)} if pattern else set()

    def make_ready(self, retained: Collection[str], pages: Iterable[str] = (), folders: Iterable[str] = ()) -> None:
        """Do everything to the new site that must be done before readers see it. `pages` and `folders` are those known
        to be the same in the old site, by their names in both; in folders nothing is left to be done.

        Raises BuildError if it was removed meanwhile, or is empty.
        """
        if not self._is_as_made():
            raise BuildError(f"{self.fresh} was removed while the site was being built; build again")
        if not any(self.fresh.iterdir()):
            raise BuildError(f"nothing was written into {self.fresh}. Does a plugin change OUTPUT_PATH?")
        done = [*folders]
        let_everybody_read(self.fresh, _paths(self.fresh, done))
        with suppress(OSError):  # there may be no old site
            keep_times(str(self.real), str(self.fresh), retained, _paths(self.real, [*pages, *done]))

    def replace(self, retained: Collection[str]) -> Path | None:
        """Put what was made ready in place, together with the entries of the old site that `retained` names. Return
        where the old site is now; None if there was none, or its files were replaced one by one.

        Raises BuildError or OSError, and then the old site is unchanged; only if files have to be moved one by one may
        it be a mixture of both, which the next build repairs.
        """
        if self.fresh.parent == self.real:
            fill(self.real, self.fresh, (*retained, _INSIDE, self.fresh.name, _OF_THE_SYSTEM))
            return None
        if not self.real.exists():
            self.fresh.rename(self.real)
            return None
        for entry in self.real.iterdir():
            if entry.name in retained:
                _bring_along(entry, self.fresh / entry.name)
        return self._exchange(retained)

    def _is_as_made(self) -> bool:
        """Whether the new folder is still the one that was made, and not one that a plugin made in its place."""
        made, descriptor = self._made
        try:
            return os.path.samestat(os.stat(self.fresh), made)  # noqa: PTH116
        except OSError:
            return False
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def clear_up(self) -> None:
        """Remove what is left beside the output: half a site after a failure, or the previous one."""
        # Neither raises: where a disk fails now, the new site may be in place all the same.
        has_site = os.path.exists(self.real)  # noqa: PTH110
        for leftover in (self.fresh, *([self.aside] if has_site else [])):
            if os.path.isdir(leftover) and not remove_tree(leftover):  # noqa: PTH112
                print(
                    f"warning: {leftover} is left over from a build and cannot be removed; remove it yourself",
                    file=sys.stderr,
                )

    def _exchange(self, retained: Collection[str]) -> Path | None:
        if exchange.in_one_step(self.fresh, self.real):
            return self.fresh
        try:
            exchange.in_two_steps(self.fresh, self.real, self.aside)
        except OSError:  # folders on some network and layered file systems cannot be renamed
            fill(self.real, self.fresh, (*retained, _OF_THE_SYSTEM))
            return None
        return self.aside


def _beginning(pattern: object) -> str:
    """What a setting for where something is saved begins with, whatever it is."""
    return str(pattern or "").lstrip("/").partition("{")[0]


def _glob(pattern: object) -> str:
    """The files that a setting for where something is saved may name, for Path.glob."""
    parts = re.split(r"((?:\{[^{}]*\})+)", str(pattern or "").lstrip("/"))
    return "".join("*" if part.startswith("{") else re.sub(r"([*?[])", r"[\1]", part) for part in parts)


def _paths(folder: Path, names: Iterable[str]) -> set[str]:
    return {f"{folder}{os.sep}{name.replace('/', os.sep)}" for name in names}


def _free(folder: Path) -> Path:
    """Return this path, after removing what an earlier build left there; with a number added if it is anything else."""
    free, number = folder, 1
    while os.path.lexists(free) and not (free.is_dir() and not free.is_symlink() and remove_tree(free)):
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


def _bring_along(source: Path, target: Path) -> None:
    """Give the new site an entry of the old one, unless it has its own of the same name.

    Files are linked, not moved: the old site is complete until the new one replaces it.
    """
    if source.is_symlink() or not source.is_dir():
        if not os.path.lexists(target):
            try:
                os.link(source, target, follow_symlinks=False)
            except (OSError, NotImplementedError):
                shutil.copy2(source, target, follow_symlinks=False)
    elif target.is_dir() or not os.path.lexists(target):
        is_new = not target.exists()
        target.mkdir(exist_ok=True)
        for entry in source.iterdir():
            _bring_along(entry, target / entry.name)
        if is_new:
            shutil.copystat(source, target)


def _cannot_change(folder: Path) -> bool:
    """Whether nothing in a folder can be created, or nothing renamed and removed."""
    return not os.access(folder, os.W_OK) or bool(mark_of(folder))


def _holds_mount(folder: Path) -> bool:
    """Whether a folder is a mounted volume, or has one mounted below it."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return folder.is_mount()
    points = (re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), line.split(" ")[4]) for line in mounts)
    return any(Path(point).is_relative_to(folder) for point in points)


def _held(folder: Path) -> tuple[os.stat_result, int | None]:
    """What identifies a folder, and a descriptor that keeps the system from using this for another one once the folder
    is removed. No file in the folder could tell, as plugins would compress it, or list it.
    """
    made = os.stat(folder)  # noqa: PTH116
    return made, os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
