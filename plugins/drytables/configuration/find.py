"""Which configuration a file has: the nearest, from its folder upwards, to the root of its repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from .settings import Configuration
from .toml_places import Way

#: The files that may hold one, the first of a folder first, and the way to its table.
FILES: dict[str, Way] = {".drytables.toml": (), "pyproject.toml": ("tool", "drytables")}
#: What the root of a repository has, above which nothing is looked for: a check ends alike on every machine.
_ROOTS = (".git", ".hg")


def files_for(folder: Path) -> Iterator[Path]:
    """The files that may hold the configuration of what is in a folder."""
    for each in (folder, *folder.parents):
        yield from (each / name for name in FILES if (each / name).is_file())
        if any((each / root).exists() for root in _ROOTS):
            break


class Unusable(Exception):
    """A configuration that cannot be used: why, as diagnostics of a source, or in a line."""

    def __init__(self, source: Source | None = None, diagnostics: tuple[Diagnostic, ...] = (), line: str = "") -> None:
        super().__init__(line)
        self.source, self.diagnostics, self.line = source, diagnostics, line


@dataclass(slots=True)
class Configurations:
    """The configurations of files, each read once. With `only`, that file's is for all of them; `is_off`: none is."""

    only: str | None = None
    is_off: bool = False
    shown: Callable[[Path], str] = os.path.relpath
    _by_folder: dict[Path, Configuration | None] = field(default_factory=dict)
    _by_name: dict[str, Configuration | None] = field(default_factory=dict)

    def of(self, name: str) -> Configuration | None:
        """The configuration of a file or folder; None if it has none. Raises Unusable."""
        if self.is_off:
            return None
        if name not in self._by_name:
            path = Path(os.path.abspath(name))  # noqa: PTH100  # absolute() would keep `..`
            self._by_name[name] = self.of_folder(path if path.is_dir() else path.parent)
        return self._by_name[name]

    def of_folder(self, folder: Path) -> Configuration | None:
        """The configuration of what is in a folder, by its absolute path; raises Unusable."""
        if self.only is not None:
            folder = Path()
        if folder not in self._by_folder:
            self._by_folder[folder] = self._given() if self.only is not None else self._nearest(folder)
        return self._by_folder[folder]

    def _nearest(self, folder: Path) -> Configuration | None:
        for file, table in ((folder / name, table) for name, table in FILES.items()):
            if file.is_file() and (found := self._read(file, table)) is not None:
                return found
        if folder.parent == folder or any((folder / root).exists() for root in _ROOTS):
            return None
        return self.of_folder(folder.parent)

    def _given(self) -> Configuration:
        """That of the file that is to be used for all."""
        file = Path(os.path.abspath(self.only or ""))  # noqa: PTH100
        found = self._read(file, FILES.get(file.name, ()))
        if found is None:
            raise Unusable(line=f"{self.only}: there is no table [tool.drytables] in it")
        return found

    def _read(self, file: Path, table: Way) -> Configuration | None:
        # What reads them takes longer to load than most repositories take to check, which have none.
        from .read import read_configuration

        name = self.shown(file)
        try:
            source = Source(name, file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            why = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
            raise Unusable(line=f"{name}: {why}") from None
        # Paths are compared with those on the command line, which are not resolved either.
        found = read_configuration(source, str(file.parent), table)
        if isinstance(found, tuple):
            raise Unusable(source, found)
        return found
