"""The site before the one that is in place: the next build takes from it the pages that it need not write again.

A folder for each page is what a build costs in which one post changed: a thousand of them are made, filled, and those
of the site before are removed. So what was replaced is kept beside what else is kept, but for what is no page, and with
copies of the pages that are new (copies.py); the next build moves it into its output, and writes only what is another
than it was then.

Nothing is taken on trust. A page is known by its stamp and by the digest of what was written; one that someone has
changed in the output, by hand or with a plugin that comes last, is not taken.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..atomic_write import write_atomically
from ..file_lock import is_taken
from ..permissions import is_readable
from ..tree_removal import remove_tree
from .copies import copied, without
from .opened import unheard
from .placed import Pages, Placed, below, folders_of, parent
from .stamps import DIGEST_SIZE, Stamp, digest_of_bytes, is_settled, is_settled_by, stamp, stamp_of

#: The names of the tree, of the list of what is in it and in the site in place, and of the lock of both.
TREE, _LISTS, _LOCK = "spare", "spare.pages", "spare.lock"


class Same(NamedTuple):
    """What a new site has in common with the one in place, by the names below the roots of both: pages with the same
    content, and folders of nothing but such pages, where times and permissions are the same, too.
    """

    pages: frozenset[str]
    folders: frozenset[str]


class Spare:
    """The tree in a folder of what is kept for one site. Only one build at a time can have it: others do without."""

    def __init__(self, folder: Path) -> None:
        """Take up what is there; nothing, if another build has it, or the folder cannot be written."""
        self._tree, self._lists, self._lock = folder / TREE, folder / _LISTS, -1
        self._in_place: Pages = {}
        self._in_tree: Pages = {}
        #: What this build has put into its output: the digests of pages, and how these were then.
        self._written: dict[str, tuple[bytes, Stamp | None]] = {}
        self._new: Pages = {}
        self._same = Same(frozenset(), frozenset())
        with unheard(), suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                has_lock = is_taken(lock)
            except OSError:
                has_lock = False
            if has_lock:
                self._lock = lock
                self._in_place, self._in_tree = _read(self._lists)
            else:
                os.close(lock)

    def give(self, true: Mapping[str, bytes], names: Iterable[str], output: Path) -> set[str]:
        """Move pages into an output, and the folders that others of these `names` will be in. `true` are the digests
        that pages have to have. Returns the names of those that are there now.
        """
        if self._lock < 0 or not os.path.isdir(self._tree):  # noqa: PTH112  # which never raises
            return set()
        moving = _Moving(self._in_tree, true, {*names})
        with unheard(), suppress(OSError):  # what was moved is seen below
            moving.clear(str(self._tree), "")
            moving.move(str(self._tree), str(output), "")
        path = below(output)
        stamps = {name: stamp_of(path(name)) for name in moving.found}
        there = {name for name, now in stamps.items() if now and _is_moved(self._in_tree[name].stamp, now)}
        self._written |= {name: (true[name], stamps[name]) for name in there}
        return there

    def note_written(self, name: str, digest: bytes, output: Path) -> None:
        """Note that a page with this digest was written into an output just now."""
        self._written[name] = digest, stamp_of(below(output)(name))

    def digests(self, output: Path) -> dict[str, bytes]:
        """The digests of the pages in an output that are as they were written."""
        path = below(output)
        return {
            name: digest
            for name, (digest, then) in self._written.items()
            if then is not None and stamp_of(path(name)) == then
        }

    def same(self, output: Path, site: Path) -> Same:
        """Note which pages are as they were written, now that a build has done all to its output; return what is the
        same in the site in place.
        """
        fresh, old = below(output), below(site)
        self._new = {
            name: Placed(digest, self._written[name][1], is_settled=False)
            for name, digest in self.digests(output).items()
        }
        in_place = {
            name: stamp_of(old(name)) for name, new in self._new.items() if self._has_in_place(name, new.digest)
        }
        pages = frozenset(
            name for name, there in in_place.items() if there and self._in_place[name].is_same(there, old(name))
        )
        timely = {name for name in pages if _have_same_time(in_place[name], self._new[name].stamp)}
        # Whatever came into one of these has changed its time: there is nothing below it but pages in itself.
        folders = {*map(parent, timely)} - {*map(parent, self._written.keys() - timely)}
        folders -= {*map(parent, folders_of(self._written))}
        self._same = Same(pages, frozenset(name for name in folders if _are_alike(fresh(name), old(name))))
        return self._same

    def note_ready(self, output: Path) -> None:
        """Note the stamps of these pages, after which nobody but a reader of the site touches them."""
        fresh, untouched = below(output), self._same.folders
        for name, page in self._new.items():
            if parent(name) not in untouched:
                self._new[name] = page._replace(stamp=stamp_of(fresh(name)))

    def keep(self, former: Path | None, site: Path) -> None:
        """Keep the site that was replaced, if there was one and it can be moved here; `site` is the one in place now,
        and was moved there after its pages were ready.
        """
        if self._lock < 0:
            return
        self._remove_tree()
        in_tree: Pages = {}
        with suppress(OSError):
            moved = os.stat(site)  # noqa: PTH116
            for name, page in self._new.items():
                self._new[name] = page._replace(is_settled=is_settled_by(page.stamp, moved) or is_settled(page.stamp))
        if former is not None and self._in_place:
            with suppress(OSError):
                _prune(str(former), "", self._in_place, self._same.folders)
                former.rename(self._tree)
                in_tree = self._in_place
        try:
            in_tree = in_tree | copied(self._tree, site, without(self._new, in_tree))
        except OSError:  # it is done without where there is no room for it
            self._remove_tree()
            in_tree = {}
        with suppress(OSError):
            content = pickle.dumps((self._new, in_tree), pickle.HIGHEST_PROTOCOL)
            write_atomically(self._lists, digest_of_bytes(content) + content)

    def _remove_tree(self) -> None:
        remove_tree(self._tree)
        with suppress(OSError):
            self._tree.unlink()  # it may be a link, or whatever else somebody has put there

    def close(self) -> None:
        """Let other builds have it."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _has_in_place(self, name: str, digest: bytes) -> bool:
        return name in self._in_place and self._in_place[name].digest == digest


class _Moving:
    """Moves pages from a tree: whole folders, where all in them is wanted. `found` are the names of those pages."""

    def __init__(self, pages: Pages, true: Mapping[str, bytes], names: set[str]) -> None:
        self._pages, self._true, self._names = pages, true, names
        self._folders = folders_of(names)
        self._whole: set[str] = set()
        self.found: set[str] = set()

    def clear(self, folder: str, prefix: str) -> bool:
        """Remove what is out of date, and return whether all that is left in a folder is wanted now."""
        is_whole = True
        with os.scandir(folder) as entries:
            for entry in [*entries]:
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    is_whole &= self.clear(entry.path, f"{name}/")
                elif self._is_true(name, entry):
                    self.found.add(name)
                elif name in self._names or name not in self._pages:
                    os.unlink(entry.path)  # noqa: PTH108
                else:  # other pages are asked for later
                    is_whole = False
        if is_whole and prefix[:-1] in self._folders:
            self._whole.add(prefix)
            return True
        return False

    def move(self, folder: str, target: str, prefix: str) -> None:
        """Move what is wanted into the output."""
        with os.scandir(folder) as entries:
            for entry in [*entries]:
                name, place = prefix + entry.name, os.path.join(target, entry.name)  # noqa: PTH118
                if not entry.is_dir(follow_symlinks=False):
                    if name in self.found:
                        os.rename(entry.path, place)  # noqa: PTH104
                elif name in self._folders:
                    if f"{name}/" in self._whole and not os.path.lexists(place):
                        os.rename(entry.path, place)  # noqa: PTH104
                    else:
                        os.makedirs(place, exist_ok=True)  # noqa: PTH103
                        self.move(entry.path, place, f"{name}/")

    def _is_true(self, name: str, entry: os.DirEntry[str]) -> bool:
        page = self._pages.get(name)
        if page is None or self._true.get(name) != page.digest:
            return False
        return page.is_same(stamp(entry.stat(follow_symlinks=False)), entry.path)


def _is_moved(then: Stamp | None, now: Stamp) -> bool:
    """Whether this is the same file: moving it changes one of its times."""
    return then is not None and then._replace(changed=now.changed) == now


def _have_same_time(one: Stamp | None, other: Stamp | None) -> bool:
    return one is not None and other is not None and one.modified == other.modified


def _are_alike(one: str, other: str) -> bool:
    """Whether two folders have the same times and permissions, and so nothing came or went since one was like the
    other; each is a folder and no link, and what both have everybody may read.
    """
    try:
        first, second = os.lstat(one), os.lstat(other)
    except OSError:
        return False
    return first.st_mtime_ns == second.st_mtime_ns and first.st_mode == second.st_mode and is_readable(first.st_mode)


def _prune(folder: str, prefix: str, pages: Pages, of_pages: Container[str]) -> None:
    """Remove everything but pages from a site; the folders `of_pages` have nothing else."""
    with os.scandir(folder) as entries:
        for entry in [*entries]:
            name = prefix + entry.name
            if name in of_pages:
                continue
            if entry.is_dir(follow_symlinks=False):
                _prune(entry.path, f"{name}/", pages, of_pages)
                with suppress(OSError):
                    os.rmdir(entry.path)  # noqa: PTH106
            elif name not in pages:
                os.unlink(entry.path)  # noqa: PTH108


def _read(file: Path) -> tuple[Pages, Pages]:
    """The lists of the pages in place and in the tree; empty ones if there are none that are whole."""
    try:
        content = file.read_bytes()
        if content[:DIGEST_SIZE] == digest_of_bytes(content[DIGEST_SIZE:]):
            in_place, in_tree = pickle.loads(content[DIGEST_SIZE:])
            return in_place, in_tree
    except OSError:
        pass
    return {}, {}
