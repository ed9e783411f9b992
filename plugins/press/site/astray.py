"""Files that plugins write straight into the final output folder, although the site is being built in another one.

A plugin may have `output/` hard-coded instead of asking Pelican where the output is. What it writes there would be lost
as soon as the new site replaces that folder, and the preview would lack it. So such files are copied into the new site,
with a warning that names the plugin's line. So are files that a plugin looks for and finds there, whoever built the
previous site: it does not write those again. They are remembered as well, since no plugin is asked for a page that is
kept. But a plugin that reads or changes pages in that folder while new ones are being written works on the previous
site: that is an error.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from logging import getLogger
from pathlib import Path, PurePosixPath

from ..atomic_write import write_atomically
from ..project import in_project
from .asking import report_checks
from .opened import be_witnessed, unheard
from .witness import Witness

_TAKEN_OVER = "%s writes %s, but the site is built in another folder. It is in the site all the same. %s"
_WRONG = "%s reads or changes %s, which is of the site before: the new one is built in another folder. %s"
_MENDED = 'Name pelican.output_path, which is settings["OUTPUT_PATH"], in place of that folder'
_SOMEBODY = "a program that a plugin starts, or someone else,"
_log = getLogger(__name__)


class Astray:
    """Watches the `place` of a site while that is built in `output`. The record is in the folder `kept`. Files below
    the `retained` names are not reported: they stay in the site in any case.
    """

    def __init__(
        self, place: Path, output: Path, kept: Path, plugins: Container[str], retained: Container[str] = ()
    ) -> None:
        """Begin to watch; `plugins` are the modules of the site's plugins."""
        self._place, self._output, self._kept, self._retained = place, output, kept, retained
        name = hashlib.blake2b(os.fsencode(place), digest_size=8).hexdigest()
        self._record = kept / f"astray-{name}.json"
        self._witness = Witness(place, output, plugins)
        self.begin()
        be_witnessed(self._witness.note)
        report_checks(place, self._witness.note_check)

    def begin(self) -> None:
        """Start watching for changes: those made earlier are not by a program that this site has started."""
        self._folder = _identity(self._place)
        with unheard(), tempfile.TemporaryFile() as now:
            self._begun = os.fstat(now.fileno()).st_ctime_ns

    def pages_begin(self) -> None:
        """Note that pages are being written from now on: what a plugin finds at the place is the previous site."""
        self._witness.pages_begin()

    def has_more(self) -> bool:
        """Whether a file was written there since all were taken over."""
        return bool(self._witness.written)

    def take_over(self, site: Mapping[str, str], *, is_searched: bool) -> None:
        """Copy what was written into the output, and report that, and whatever cannot be right. `site` are the files
        that the output is to have, each with what it is a copy of, or "". `is_searched` says whether other processes
        may have written files, which are searched for.
        """
        self._witness.gather()
        looked_at, taken = self._witness.looked_at, dict[str, str]()
        folders = {str(parent) for name in site for parent in PurePosixPath(name).parents} if looked_at else set()
        wrong = {name: whose for name, whose in looked_at.items() if name in folders or self._is_of(site, name)}
        with unheard():
            changed = dict.fromkeys(self._changed(), "") if is_searched else {}
            own = {**changed, **self._witness.asked, **self._witness.written}
            for name, whose in sorted({**self._taken_before(), **own}.items()):
                if not self._is_of(site, name):
                    if self._is_copied(name):
                        taken[name] = whose
                elif (name in self._witness.late or name in changed) and not self._is_same(name, site):
                    wrong.setdefault(name, whose)
            self._remember(taken)
        told = {name: whose for name, whose in taken.items() if name.partition("/")[0] not in self._retained}
        for whose, names in _by_whom(told):
            _log.warning(_TAKEN_OVER, whose, self._named(names), _MENDED)
        for whose, names in _by_whom(wrong):
            _log.error(_WRONG, whose, self._named(names), _MENDED)
        self._witness.forget()

    def _is_of(self, site: Mapping[str, str], name: str) -> bool:
        """Whether a file or folder is of the site that is built."""
        return not name or name in site or (self._output / name).exists()

    def _is_same(self, name: str, site: Mapping[str, str]) -> bool:
        """Whether a file has the content that it is to have; a page that is not written yet has none."""
        built = self._output / name
        source = built if built.is_file() else Path(site.get(name) or os.devnull)
        with suppress(OSError):
            return filecmp.cmp(self._place / name, source, shallow=False)
        return False

    def _is_copied(self, name: str) -> bool:
        target = self._output / name
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._place / name, target)
            return True
        return False

    def _changed(self) -> Iterator[str]:
        """The files at the place that were written since this began; none, if another build has replaced them all."""
        if self._folder is not None and self._folder != _identity(self._place):
            return
        apart = frozenset(os.path.abspath(each) for each in (self._output, self._kept))  # noqa: PTH100
        yield from _written_since(self._begun, str(self._place), "", apart)

    def _taken_before(self) -> dict[str, str]:
        """The files that were taken over from there before, and whose they are."""
        with suppress(OSError, ValueError):
            kept = json.loads(self._record.read_text(encoding="utf-8"))
            return {str(name): str(whose) for name, whose in kept.items()} if isinstance(kept, dict) else {}
        return {}

    def _remember(self, taken: dict[str, str]) -> None:
        if taken == self._taken_before():
            return
        with suppress(OSError):
            write_atomically(self._record, json.dumps(taken).encode())

    def _named(self, names: list[str]) -> str:
        first = str(in_project(self._place / names[0]))
        return first if len(names) == 1 else f"{first} and {len(names) - 1} more"


def _written_since(begun: int, folder: str, below: str, apart: Container[str]) -> Iterator[str]:
    """The files in a folder, by their names with `below` before them, that have changed since a time in nanoseconds;
    except for those in the folders `apart`.
    """
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.path not in apart:
                yield from _written_since(begun, entry.path, f"{below}{entry.name}/", apart)
        elif not entry.is_dir() and _is_later(entry, begun):
            yield below + entry.name


def _is_later(entry: os.DirEntry[str], begun: int) -> bool:
    try:
        return entry.stat(follow_symlinks=False).st_ctime_ns > begun
    except OSError:  # it is gone
        return False


def _by_whom(files: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    found = defaultdict[str, list[str]](list)
    for name, whose in files.items():
        found[whose or _SOMEBODY].append(name)
    yield from found.items()


def _identity(folder: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = folder.stat()
        return status.st_dev, status.st_ino
    return None
