"""A digest of everything that the reading of a post depends on, apart from the files that are read."""

from __future__ import annotations

import functools
import hashlib
import locale
import os
import sys
import sysconfig
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from .description import described
from .stamps import digest_of

#: Incremented when the form of what is remembered changes, so that an old form is never read as a new one.
_FORM = 5
#: Settings that differ between two builds of the same site.
_PLACES = frozenset({"OUTPUT_PATH", "CACHE_PATH"})

#: Folders beside modules in which there is nothing that is theirs: what Python and npm keep there.
_NO_CODE = frozenset({"__pycache__", "node_modules"})


def fingerprint(settings: dict[str, Any]) -> str:
    """The digest of Python, all installed packages, the code and data of all plugins, and the settings."""
    digest = hashlib.blake2b(digest_size=16)
    parts = (str(_FORM), sys.version, *packages(), *locale_and_zone(), *_described(settings))
    for part in parts:
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    for path in sorted({*code_files(), *_files_of_functions(settings)}):
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
        digest.update(digest_of(path) or b"")
    return digest.hexdigest()


def packages() -> list[str]:
    """The installed packages with their versions, as their folders are called."""
    names = set()
    for folder in sys.path:
        try:
            names |= {name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))}  # noqa: PTH208
        except OSError:
            continue
    return sorted(names)


def locale_and_zone() -> tuple[str, str]:
    """What decides how the name of a month is written, and when a day begins."""
    return locale.setlocale(locale.LC_ALL), os.environ.get("TZ", "")


@functools.cache
def installed_in() -> frozenset[str]:
    """The folders of what was installed with a version: Python itself, and packages."""
    folders = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return frozenset((*folders, *map(os.path.realpath, folders)))


def is_installed(file: str) -> bool:
    """Whether a file, given by its path, is in one of them."""
    return file.startswith(tuple(folder + os.sep for folder in installed_in()))


def code_files() -> list[str]:
    """The files of all modules in use that are neither Python's own nor in a package that was installed with a version,
    with the data beside those that are packages.
    """
    installed = tuple(folder + os.sep for folder in installed_in())
    files: set[str] = set()
    walked: set[str] = set()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not file or name == "__main__" or file.startswith(installed):
            continue
        top = sys.modules.get(name.partition(".")[0])
        folders = list(getattr(top, "__path__", ()))
        if not folders:
            files.add(file)
        for folder in {*folders} - walked:
            walked.add(folder)
            files.update(_files_below(folder))
    return sorted(files)


def _files_below(folder: str) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each not in _NO_CODE and not each.startswith(".")]
        yield from (f"{where}{os.sep}{name}" for name in names if not name.endswith(".pyc"))


def _files_of_functions(settings: dict[str, Any]) -> Iterator[str]:
    """The files of functions in the settings, such as filters for Jinja: the settings file itself is not a module."""
    for value in settings.values():
        for each in value.values() if isinstance(value, dict) else (value,):
            if isinstance(each, FunctionType):
                yield each.__code__.co_filename


def _described(settings: dict[str, Any]) -> Iterator[str]:
    for name in sorted(settings):
        if name not in _PLACES:
            yield f"{name}={described(settings[name])}"
