"""Finds what is damaged in an environment, by its own records."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .folder import Environment

#: Then its Python has the packages of the one that it was made from.
_NO_SETTINGS = "pyvenv.cfg is missing"


def fault_in(environment: Environment) -> str | None:
    """Return what is damaged, as part of a sentence, or None if nothing is."""
    return _first_of(_faults(environment))


def package_names(site_packages: Path) -> set[str]:
    """Return the names of the installed packages, spelled in the same way each time."""
    return {_name(record.parent) for record in site_packages.glob("*.dist-info/RECORD")}


def normal_name(package: str) -> str:
    """Return the spelling of a package's name that all its spellings have in common."""
    return re.sub(r"[-_.]+", "-", package).lower()


def _faults(environment: Environment) -> Iterator[str]:
    version, prefix = _answer_of(environment.python)
    packages = environment.site_packages
    if not version:
        yield "its Python does not start"
    elif not _is_same(prefix, environment.folder):
        yield _NO_SETTINGS
    elif packages is None or packages.parent.name != f"python{version}":
        yield f"its Python is {version} now, and its packages are not for that"
    else:
        yield from _damage_to(packages, environment.packages)


def damage_in(environment: Environment) -> str | None:
    """Return what is damaged in an environment whose Python is running."""
    return _first_of(_damage_to_what_runs(environment))


def _damage_to_what_runs(environment: Environment) -> Iterator[str]:
    packages = environment.site_packages
    if not _is_same(sys.prefix, environment.folder):
        yield _NO_SETTINGS
    elif packages is not None:
        yield from _damage_to(packages, environment.packages)


def _first_of(faults: Iterator[str]) -> str | None:
    try:
        return next(faults, None)
    except (OSError, ValueError, csv.Error) as error:
        return f"its records cannot be read: {error}"


def _damage_to(packages: Path, names: Path) -> Iterator[str]:
    expected: list[str] = []
    with suppress(FileNotFoundError):
        expected = names.read_text(encoding="utf-8").split()
    for name in sorted({*expected} - package_names(packages)):
        yield f"the package {name} is missing"
    for record in sorted(packages.glob("*.dist-info/RECORD")):
        yield from _files_missing(record, packages)


def _answer_of(python: Path) -> tuple[str, str]:
    """Return which Python an interpreter is, such as "3.11", and the folder it has its packages in; nothing if it does
    not start.
    """
    asked = (str(python), "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2], sys.prefix)")
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, errors="surrogateescape", check=True)
    except (OSError, subprocess.CalledProcessError):
        return "", ""
    version, _, prefix = answer.stdout.removesuffix("\n").partition(" ")
    return version, prefix


def _is_same(prefix: str, folder: Path) -> bool:
    return os.path.realpath(prefix) == os.path.realpath(folder)


def _files_missing(record: Path, packages: Path) -> Iterator[str]:
    """Compare a package with its list of files, each with its size. What Python has compiled it can compile again.

    A file may be longer than it was: someone is looking for a fault with a line of their own.
    """
    with record.open(encoding="utf-8", newline="") as lines:
        for path, _, size in csv.reader(lines):
            is_script = path.startswith("..")  # of which connection.py has changed the head
            try:
                found = (packages / path).stat().st_size
            except OSError:
                if not path.endswith(".pyc"):
                    yield f"{path} is missing"
                continue
            if size and not is_script and found < int(size):
                yield f"{path} is cut short"


def _name(dist_info: Path) -> str:
    """`Markdown_It-4.3.0.dist-info` is `markdown-it`."""
    return normal_name(dist_info.name.removesuffix(".dist-info").rpartition("-")[0])
