"""Patterns of paths, as in .gitignore: relative to the folder of the file that they are written in."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any


@dataclass(frozen=True, slots=True)
class Patterns:
    """Some patterns, and the folder that they start from."""

    folder: str = ""
    lines: tuple[str, ...] = ()
    #: what matches them: made for the first path, as a repository may have none to ask about
    spec: list[Any] = field(default_factory=list, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.lines)

    def match(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether they match a path, or a folder that it is in."""
        if not self.lines:
            return False
        if not self.spec:
            self.spec.append(spec_of(self.lines))
        below = os.path.relpath(os.path.abspath(path), self.folder)  # noqa: PTH100  # pathlib keeps `..`
        if below == os.curdir or below.split(os.sep, 1)[0] == os.pardir:
            return False
        name = PurePath(below).as_posix()
        return bool(self.spec[0].match_file(f"{name}/" if is_folder else name))


def spec_of(lines: Iterable[str]) -> Any:
    """What matches some patterns; raises ValueError for one that is none."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
