"""Diagnostics on standard error, in colours if that is a terminal."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..commands.terminal import has_color
from ..diagnostics.diagnostic import Diagnostic, in_order
from ..diagnostics.source import Source
from ..formats.terminal import text
from .further_checks import Found, Trouble

#: How many findings of each severity `show` has shown in this process.
shown_so_far: Counter[str] = Counter()


def show(found: Iterable[Found | Trouble]) -> bool:
    """Show what checks have found, file by file, and what has no line last; return whether any of it is an error."""
    everything = [*found]
    by_file: dict[str, list[Found]] = {}
    for each in everything:
        if isinstance(each, Found):
            by_file.setdefault(each.path, []).append(each)
    for path, some in by_file.items():
        show_diagnostics(Source(shown(Path(path)), some[0].text), (each.diagnostic for each in some))
    troubles = [each for each in everything if isinstance(each, Trouble)]
    show_lines(line_of(each) for each in troubles)
    severities = [each.severity if isinstance(each, Trouble) else each.diagnostic.severity for each in everything]
    shown_so_far.update(severities)
    return "error" in severities


def show_diagnostics(source: Source, diagnostics: Iterable[Diagnostic]) -> None:
    """Show what is wrong with one source, in the order of its text."""
    color = has_color(sys.stderr)
    for diagnostic in in_order(diagnostics):
        print(text(diagnostic, source, color) + "\n", file=sys.stderr)


def show_lines(lines: Iterable[str]) -> None:
    """Show what is said in a line each."""
    for line in lines:
        print(f"{line}\n", file=sys.stderr)


def line_of(trouble: Trouble) -> str:
    """What is wrong with a file, or with whatever is named in place of one, as a line."""
    path = shown(Path(trouble.path)) if os.path.isabs(trouble.path) else trouble.path  # noqa: PTH117
    return f"{trouble.severity}: {path} {trouble.words}"


def shown(path: Path) -> str:
    """A path as the user knows it: relative to the folder they are in, if it is below, and without `..`."""
    path = Path(os.path.normpath(path))
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
