"""The cases of `cases.txt`: a command, and below it, indented, its lines in nft.

A line that begins with `!` is a part of the reason why there is no form, or of what comes nearest; one that begins with
`#` a part of a note. `(1.1.3)` before a command says that older releases of nft, here 1.0.6, do not take its form.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_CASES = Path(__file__).parent / "cases.txt"
_RELEASE = re.compile(r"\((\d[\d.]*)\) ")


class Case(NamedTuple):
    """A command with what is expected of it; `since` is the release of nft that takes it, if not all do."""

    command: str
    lines: tuple[str, ...]
    reason: str
    notes: tuple[str, ...]
    since: str


def cases() -> list[Case]:
    """All cases, in order."""
    found: list[tuple[str, list[str]]] = []
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line, []))
    return [case_of(command, lines) for command, lines in found]


def case_of(command: str, lines: Sequence[str] = ()) -> Case:
    """A command, perhaps with the release that it needs before it, and what is expected of it."""
    since = _RELEASE.match(command)
    return Case(
        command[since.end() :] if since else command,
        tuple(line for line in lines if line[0] not in "!#"),
        "".join(line[1:].strip() for line in lines if line[0] == "!"),
        tuple(line[1:].strip() for line in lines if line[0] == "#"),
        since[1] if since else "",
    )
