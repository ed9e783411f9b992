"""A baseline: the known faults of a repository, so that only new ones are reported.

It is a text of JSON, one line for each fault of a file, in the order of the files, so that two branches can both change
it. The paths are relative to its folder, wherever the command runs.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from ..diagnostics.codes.baseline import BAD_BASELINE, STALE_BASELINE
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span
from .find import Unusable

#: What a fault is known by in its file: its code, and the text of its command.
Fingerprint = tuple[str, str]

#: The first line says what the file is, and in which form.
_HEAD = {"drytables-baseline": 1}
_SHRINK = "run `drytables check --shrink-baseline`"


class Entry(NamedTuple):
    """A fault of a file, and on which line of the baseline it is."""

    path: str
    code: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known faults, each with how many times its file has it."""

    source: Source
    folder: str
    entries: Mapping[Entry, int] = field(default_factory=dict)

    def path_of(self, name: str) -> str:
        """The path of a file as it is written here."""
        return PurePath(os.path.relpath(os.path.abspath(name), self.folder)).as_posix()  # noqa: PTH100  # as in `find`

    def by_path(self) -> dict[str, Counter[Fingerprint]]:
        """The known faults of each file, by its path."""
        known: dict[str, Counter[Fingerprint]] = {}
        for entry, count in self.entries.items():
            known.setdefault(entry.path, Counter())[entry.code, entry.text] += count
        return known

    def is_gone(self, path: str) -> bool:
        """Whether a file of the baseline is not there any more."""
        return not Path(self.folder, path).exists()

    def stale(self, found: Mapping[str, Counter[Fingerprint]]) -> Iterator[Diagnostic]:
        """A diagnostic for each fault that is no longer there, by what was found in the files that were checked."""
        left = {path: Counter(counts) for path, counts in found.items()}
        for entry, count in self.entries.items():
            if entry.path not in left and not self.is_gone(entry.path):
                continue
            here = left.get(entry.path, Counter())
            missing = max(count - here[entry.code, entry.text], 0)
            here[entry.code, entry.text] -= count - missing
            if missing:
                line = self.source.offset(entry.line)
                span = Span(line, line + len(self.source.line(entry.line)))
                some = f"{entry.path} has only {count - missing} of these {count} faults left"
                message = some if missing < count else f"{entry.path} has this fault no more"
                yield Diagnostic(STALE_BASELINE, message, Label(span), help=_SHRINK, severity="warning")


def read_baseline(name: str, *, may_be_new: bool = False) -> Baseline:
    """The baseline in a file; raises Unusable. If it `may_be_new`, as it is to be written,
    it need not be there, and lines that cannot be read are left out.
    """
    folder = os.path.dirname(os.path.abspath(name))  # noqa: PTH100, PTH120  # as in `find`
    try:
        source = Source(name, Path(name).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if may_be_new:
            return Baseline(Source(name, ""), folder)
        write = f"drytables check --baseline {name} --write-baseline"
        raise Unusable(line=f"{name}: there is no such baseline; `{write}` writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        why = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise Unusable(line=f"{name}: {why}") from None
    entries: dict[Entry, int] = {}
    faults: list[Diagnostic] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.strip():
            _read_line(line.removesuffix("\r"), number, source, entries, faults)
    if source.text.strip() and not faults and _of(source.text.partition("\n")[0]) != _HEAD:
        faults = [_fault(source, 1, 0, f"this is not a baseline: its first line is not {json.dumps(_HEAD)}")]
    if faults and not may_be_new:
        raise Unusable(source, tuple(faults))
    return Baseline(source, folder, entries)


def _of(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _read_line(line: str, number: int, source: Source, entries: dict[Entry, int], faults: list[Diagnostic]) -> None:
    try:
        record = json.loads(line)
    except ValueError as error:
        column = getattr(error, "pos", 0)
        is_merge = line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        why = "this line is left from a merge" if is_merge else "this line is not JSON"
        faults.append(_fault(source, number, column, why))
        return
    match record:
        case {"path": str(path), "code": str(code), "text": str(text), "count": int(count)} if count > 0:
            entry = Entry(path, code, text, number)
            entries[entry] = entries.get(entry, 0) + count
        case dict() if record == _HEAD and number == 1:
            pass
        case _:
            faults.append(_fault(source, number, 0, "this line is not a fault with its path, code, text and count"))


def _fault(source: Source, line: int, column: int, message: str) -> Diagnostic:
    start = source.offset(line)
    end = start + len(source.line(line))
    help = "write it again with `drytables check --write-baseline`"
    return Diagnostic(BAD_BASELINE, message, Label(Span(min(start + column, end), end)), help=help)


def text_of(faults: Mapping[str, Mapping[Fingerprint, int]]) -> str:
    """The text of a baseline with these faults, by the paths of their files."""
    rows = [
        {"path": path, "code": code, "text": text, "count": count}
        for path, counts in sorted(faults.items())
        for (code, text), count in sorted(counts.items())
        if count > 0
    ]
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in ({**_HEAD}, *rows))
