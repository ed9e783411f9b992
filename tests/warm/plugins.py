"""The plugins, loaded once for all copies: one that finds the same files where it looks is given what was made of them.

It finds each as usual, and not before it asks for it; only what is found is not run again.
"""

import builtins
import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType
from typing import Any

from .beginning import is_below

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
_HERE = str(PLUGINS)

#: Packages that plugins ask for when they need them: who asks for one is left to those who ask for that.
_ON_DEMAND = (
    "asyncio", "babel", "brotli", "click", "deflate", "fontTools", "httpx", "lsprotocol", "markdown_it", "pygls",
    "uvicorn",
)  # fmt: skip

#: What a module knows of its place, and is told again.
_PLACE = ("__file__", "__cached__", "__path__", "__loader__")

#: Files, as they are called from a folder, each with its length and when it was written.
Stamps = dict[str, tuple[int, int]]


class Plugins:
    """All that were loaded, and which of them each one asks for."""

    def __init__(self) -> None:
        self._stamps = _stamps(_HERE)
        sys.path.insert(0, _HERE)
        with _noting_imports() as self._asked_for, _without(_ON_DEMAND):
            for name in _names():
                with contextlib.suppress(Exception):  # the program that needs it will say so
                    importlib.import_module(name)
        sys.path.remove(_HERE)
        loaded = [module for module in sys.modules.values() if is_below(module, _HERE)]
        self._modules = {str(module.__file__).removeprefix(_HERE): module for module in loaded}
        for module in loaded:
            del sys.modules[module.__name__]

    def offer(self, path: Sequence[str]) -> None:
        """Have this process find them, if it finds the same files below one of these folders.

        drytables needs no other plugin, and these may need each other: if one of them is not the same, none is given.
        """
        tops = {*map(_top, self._stamps)}
        home = next((each for each in path if tops.intersection(_entries(each))), _HERE)
        there = self._stamps if home == _HERE else _stamps(home)
        changed = tops & {_top(file) for file, _ in self._stamps.items() ^ there.items()}
        kept = {"drytables"} - changed if changed else tops
        modules = {home + file: module for file, module in self._modules.items() if _top(file) in kept}
        sys.path_hooks.insert(0, lambda folder: _Finder(folder, home, modules, self._asked_for))

        def forget_what_changed() -> None:
            if modules and _stamps(home) != there:
                modules.clear()

        os.register_at_fork(after_in_child=forget_what_changed)  # somebody may have edited a plugin since then


class _Finder(FileFinder):
    """Finds what is in a folder below `home`."""

    def __init__(
        self, folder: str, home: str, kept: dict[str, ModuleType], asked_for: Mapping[str, Sequence[str]]
    ) -> None:
        if not f"{folder}{os.sep}".startswith(f"{home}{os.sep}"):
            raise ImportError(f"{folder} is not below {home}")

        def loader(name: str, file: str) -> SourceFileLoader:
            # One that is found again, after it was forgotten, is loaded as usual.
            module = kept.pop(file, None)
            return _Taking(name, file, module, asked_for.get(name, ())) if module else SourceFileLoader(name, file)

        super().__init__(folder, (loader, SOURCE_SUFFIXES))


class _Taking(SourceFileLoader):
    """Loads a module by taking what was made of it."""

    def __init__(self, name: str, file: str, module: ModuleType, asked_for: Sequence[str]) -> None:
        super().__init__(name, file)
        self._module, self._asked_for = module, asked_for

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return it, ready to be told where it is."""
        for each in _PLACE:
            vars(self._module).pop(each, None)
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """Load what it would load."""
        for name in self._asked_for:
            importlib.import_module(name)


def _names() -> Iterator[str]:
    """All modules but those that are programs."""
    for file in sorted(PLUGINS.rglob("*.py")):
        *folders, last = file.relative_to(PLUGINS).with_suffix("").parts
        name = ".".join(folders if last == "__init__" else [*folders, last])
        if last != "__main__":
            yield name


def _stamps(folder: str) -> Stamps:
    """Those in a folder. A copy that is as long and as old is the same, as it is for Python, which compiles no such
    module again.
    """
    found = ((each.path.removeprefix(folder), each.stat()) for each in _files(folder))
    return {file: (status.st_size, status.st_mtime_ns) for file, status in found}


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    for each in _entries(folder).values():
        if not each.is_dir():
            yield each
        elif each.name != "__pycache__":
            yield from _files(each.path)


def _entries(folder: str) -> dict[str, os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return {each.name: each for each in entries}
    except (FileNotFoundError, NotADirectoryError):
        return {}


def _top(file: str) -> str:
    """The module or package that a file belongs to: the first name in `/name/…` or `/name.py`."""
    return file.split(os.sep, 2)[1]


@contextlib.contextmanager
def _without(packages: Sequence[str]) -> Iterator[None]:
    """Have these not found."""
    absent = dict.fromkeys(packages)
    assert not absent.keys() & sys.modules.keys()
    sys.modules.update(absent)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for each in packages:
            del sys.modules[each]


@contextlib.contextmanager
def _noting_imports() -> Iterator[dict[str, list[str]]]:
    """Note which of the plugins each of them imports, in its order."""
    noted: dict[str, list[str]] = {}
    usual = builtins.__import__

    def note(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> ModuleType:
        module = usual(name, globals, locals, fromlist, level)
        if globals and str(globals.get("__file__")).startswith(f"{PLUGINS}{os.sep}"):
            whole = resolve_name("." * level + name, globals["__package__"])
            names = (whole, *(f"{whole}.{each}" for each in fromlist or ()))
            noted.setdefault(globals["__name__"], []).extend(
                each for each in names if each in sys.modules and is_below(sys.modules[each], _HERE)
            )
        return module

    builtins.__import__ = note
    try:
        yield noted
    finally:
        builtins.__import__ = usual
