"""The name of each file, with the digest of what is in it.

What is in a stylesheet, a module or a drawing contains the names of others. So those are named first; files that refer
to each other in a circle share the digest of all of them.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from . import scripts
from .addresses import Addresses
from .circles import in_order
from .kinds import SCRIPT, ending, is_loaded, may_refer
from .referring import stays, with_references

#: How much of the digest is in a name: 64 bits, of which two of a million files share one with a chance of 1 : 10⁷.
_LETTERS = 16
#: How long a name may be before its digest, in bytes: file systems take 255, and others add an ending to it.
_LONGEST = 200


class Names:
    """What the files of one output are called. `files` are their paths in it, and `folder` is where those are that have
    a hashed name. With `modules_stay`, scripts that import others keep theirs.
    """

    def __init__(
        self, output: Path, files: Collection[str], addresses: Addresses, folder: str, modules_stay: bool
    ) -> None:
        self.addresses, self.modules_stay = addresses, modules_stay
        self._output, self._files, self._folder = output, files, folder
        self._names: dict[str, str] = {}
        #: What is in files that may refer to others, before and after.
        self._before: dict[str, bytes] = {}
        self._after: dict[str, bytes] = {}
        self._referred_to: dict[str, list[str]] = {}

    def of(self, file: str) -> str:
        """Return the path of a file in the output under the name that it is loaded by: its own if it has no other."""
        if file not in self._names:
            for circle in in_order(file, self._unnamed_that_it_refers_to):
                self._name(sorted(circle))
        return self._names[file]

    def before(self, file: str) -> bytes:
        """Return what is in a file."""
        return self._before[file] if file in self._before else (self._output / file).read_bytes()

    def after(self, file: str) -> bytes:
        """Return what is to be in it under the name that `of` returns."""
        self.of(file)
        return self._after[file] if file in self._after else self.before(file)

    def changes(self, file: str) -> bool:
        """Whether that is something else."""
        self.of(file)
        return file in self._after and self._after[file] != self._before[file]

    def loaded_with(self, files: Collection[str]) -> set[str]:
        """Return some files and all that is loaded with them."""
        found, to_do = set(files), [*files]
        while to_do:
            file = to_do.pop()
            self.of(file)
            more = [other for other in self._referred_to.get(file, ()) if other not in found]
            found.update(more)
            to_do += more
        return found

    def file_of(self, value: str, base: str) -> str | None:
        """Return the file that a reference leads to, in something with the complete address `base`; None if it leads to
        none that could get a hashed name.
        """
        reference = self.addresses.read(value, base)
        return reference.path if reference is not None and self._can_be_named(reference.path) else None

    def _can_be_named(self, file: str) -> bool:
        return is_loaded(file) and file in self._files and not file.startswith(f"{self._folder}/")

    def renamed(self, value: str, base: str, new_base: str, name: Callable[[str], str]) -> str:
        """Return a reference in something with the complete address `base` as it has to be when that is at `new_base`,
        and files have the names that `name` returns.
        """
        reference = self.addresses.read(value, base)
        if reference is None:
            return value
        path = name(reference.path) if self._can_be_named(reference.path) else reference.path
        if path == reference.path and (base == new_base or not reference.is_relative):
            return value
        return self.addresses.written(reference, path, new_base)

    def _unnamed_that_it_refers_to(self, file: str) -> list[str]:
        """Files that have to be named before a file, or with it. One that stays where it is gets its name here."""
        if file in self._names or not may_refer(file):
            return []
        content = self._before[file] = (self._output / file).read_bytes()
        found: dict[str, None] = {}
        base = self.addresses.of(file)

        def note(value: str) -> str:
            other = self.file_of(value, base)
            if other is not None:
                found[other] = None
            return value

        if stays(file, content):
            self._names[file] = file
        try:
            if ending(file) in SCRIPT and self.modules_stay and scripts.imports(content):
                raise scripts.CannotBeMovedError
            with_references(file, content, note, lambda value: value)
        except scripts.CannotBeMovedError:
            self._names[file], self._after[file] = file, content
            return []
        self._referred_to[file] = [*found]
        return [other for other in found if other not in self._names]

    def _name(self, circle: Sequence[str]) -> None:
        """Name some files that refer to each other, or one that does not; all else that they refer to has a name."""
        moving = [file for file in circle if file not in self._names]
        # In a circle none has its new name before all have: for the digest, the old ones stand for them.
        contents = {file: self._rewritten(file) if may_refer(file) else self.before(file) for file in moving}
        digest = hashlib.sha256()
        for file in moving:
            digest.update(contents[file])
        for file in moving:
            own = digest.copy()
            if len(moving) > 1:
                own.update(file.encode("utf-8", "surrogateescape"))
            self._names[file] = f"{self._folder}/{_hashed(posixpath.basename(file), own.hexdigest())}"
        for file in circle:
            if may_refer(file) and file not in self._after:
                self._after[file] = contents[file] if len(circle) == 1 and moving else self._rewritten(file)

    def _rewritten(self, file: str) -> bytes:
        """What is in a file that may refer to others, with the names that are known by now."""
        base, names = self.addresses.of(file), self._names
        new_base = self.addresses.of(names.get(file, f"{self._folder}/{posixpath.basename(file)}"))
        return with_references(
            file,
            self._before[file],
            lambda value: self.renamed(value, base, new_base, lambda other: names.get(other, other)),
            lambda value: self.renamed(value, base, new_base, lambda other: other),
        )


def _hashed(name: str, digest: str) -> str:
    """A name with a digest in it, which fits a file system whatever the name."""
    stem, ending_of_name = posixpath.splitext(name)
    short = stem.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore")
    return f"{short if len(short) < len(stem) else stem}.{digest[:_LETTERS]}{ending_of_name.lower()}"
