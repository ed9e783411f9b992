"""Why a configuration cannot be used: every fault in it, at its place."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ..configuration.find import Unusable
from ..formats.terminal import text
from .terminal import has_color


def tell(unusable: Unusable) -> None:
    """Print it, as a compiler would."""
    for line in lines_of(unusable, has_color(sys.stderr)):
        print(line, file=sys.stderr)


def lines_of(unusable: Unusable, color: bool = False) -> Iterator[str]:
    """Its faults, and then how many there are."""
    if unusable.source is None:
        yield f"drytables: {unusable.line}"
        return
    for each in unusable.diagnostics:
        yield f"{text(each, unusable.source, color)}\n"
    count = len(unusable.diagnostics)
    faults = "1 fault" if count == 1 else f"{count} faults"
    yield f"drytables: {faults} in {unusable.source.path}: nothing was done"
