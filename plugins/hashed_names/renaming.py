"""The files of an output get their names: pages are written with them, and the files are put beside the old ones."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from finishing import rewrite
from press.progress import shown
from press.site.processes import spread

from .addresses import Addresses
from .json_texts import manifest_with_images
from .kinds import FOLDER, is_page
from .names import Names
from .pages import Loaded, Pages

#: How a file is named that an earlier build has left there, into the same output.
_LEFT = re.compile(r"\.[0-9a-f]{16}\.\w+(?:\.br|\.gz)?\Z")
#: A process takes about as long to start as this many pages take.
_WORTH_A_PROCESS = 40


def name_files(pelican: Any, _: list[Any]) -> None:
    """Give the files in the output of a Pelican their names. Ends the program if something else is in their folder."""
    output = Path(pelican.output_path)
    files = {*_files(output)}
    _refuse_others(files)
    pages = sorted(filter(is_page, files))
    modules_stay = any(b"importmap" in (output / page).read_bytes() for page in pages)
    names = Names(output, files, Addresses(pelican.settings["SITEURL"]), FOLDER, modules_stay)
    loaded = Loaded(set(), set())
    renamed = spread(Pages(output, names).rename_in, pages, _WORTH_A_PROCESS)
    for some in shown("Naming what pages load:", renamed, len(pages)):
        loaded.files.update(some.files)
        loaded.manifests.update(some.manifests)
    for manifest in sorted(loaded.manifests & files):
        loaded.files.update(_rename_in_manifest(output / manifest, names, names.addresses.of(manifest)))
    _write(output, names, loaded.files)


def _files(output: Path) -> Iterator[str]:
    """The files below a folder, by their paths in it."""
    for where, folders, names in os.walk(output):
        folders[:] = [each for each in folders if not each.startswith(".")]
        below = Path(where).relative_to(output)
        yield from ((below / name).as_posix() for name in names)


def _refuse_others(files: set[str]) -> None:
    """End the program if the site has files of its own in the folder that browsers may keep for a year."""
    others = sorted(each for each in files if each.startswith(f"{FOLDER}/") and not _LEFT.search(each))
    if others:
        sys.exit(
            f"error: {others[0]} is in the folder whose files browsers keep for a year, because their names change "
            'with their content. Give it another address, or remove "hashed_names" from PLUGINS'
        )


def _rename_in_manifest(file: Path, names: Names, address: str) -> set[str]:
    """Write a web manifest with the names of its images, and return which those are."""
    found: set[str] = set()

    def change(value: str) -> str:
        image = names.file_of(value, address)
        found.update([image] if image is not None else [])
        return names.renamed(value, address, address, names.of)

    before = file.read_text(encoding="utf-8", errors="surrogateescape")
    after = manifest_with_images(before, change)
    if after != before:
        rewrite(file, after.encode("utf-8", "surrogateescape"))
    return found


def _write(output: Path, names: Names, loaded: set[str]) -> None:
    """Put the files that are loaded, and all that those load, where their names say."""
    (output / FOLDER).mkdir(exist_ok=True)
    for file in sorted(names.loaded_with(loaded)):
        name = names.of(file)
        if names.changes(file):
            (output / name).write_bytes(names.after(file))
        elif name != file:
            shutil.copyfile(output / file, output / name)
