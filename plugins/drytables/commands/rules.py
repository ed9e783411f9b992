"""`drytables rules`: one command per line in, one JSON object per line out, in order; many lines in many processes."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

from ..formats.records import as_line, rule_record
from ..grammar.history.releases import NEWEST, Release
from .status import CLEAN, FINDINGS, USAGE

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ..bulk.shapes import Shapes

#: How many lines one process gets at a time. With fewer, starting other processes takes longer than they save.
_CHUNK = 4_000

#: Of a longer line only so much is judged: no command is even half as long (`judging.limits`). In bytes.
_LONGEST_LINE = 4 << 20
#: A line that is longer still may have no end. In bytes.
_ENDLESS = 256 << 20
_BOM = b"\xef\xbb\xbf"  # UTF-8's byte order mark

#: A chunk's answers as text, and whether one of its commands is refused.
Answers = tuple[str, bool]


def judge_lines(release: Release | None = None, jobs: int = 0) -> int:
    """Answer every line of standard input on standard output, both in UTF-8; returns the exit status.

    `jobs` is the number of processes that judge many lines: 0 stands for one on each processor.
    """
    refused, lines = False, _Lines(sys.stdin.buffer)
    for text, has_refused in answers(iter(lines), release or Release(NEWEST), jobs or _processors()):
        refused |= has_refused
        sys.stdout.buffer.write(text.encode())
    if lines.is_endless:
        sys.stdout.flush()
        why = f"line {lines.count} is longer than {_ENDLESS >> 20} MiB, and may have no end"
        print(f"drytables: standard input: {why}", file=sys.stderr)
        return USAGE
    return FINDINGS if refused else CLEAN


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Lines:
    """The lines of a stream, up to one without an end; of one that is too long for a command, the beginning.

    Whatever the bytes are, each line feed ends a line, and each line is one: others are answered in their place.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.count, self.is_endless = stream, 0, False

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(_LONGEST_LINE):
            self.count += 1
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n") and not self._reaches_an_end():
                self.is_endless = True
                return
            # A byte order mark is at the start of a file, and so amid the lines of several.
            yield line.removeprefix(_BOM).decode(errors="replace").rstrip("\r\n")

    def _reaches_an_end(self) -> bool:
        """Whether the rest of a line, which is passed over, has an end."""
        for _ in range(_ENDLESS // _LONGEST_LINE - 1):
            rest = self.stream.readline(_LONGEST_LINE)
            if len(rest) < _LONGEST_LINE or rest.endswith(b"\n"):
                return True
        return False


def answers(lines: Iterable[str], release: Release, jobs: int) -> Iterator[Answers]:
    """The answers to all lines, chunk by chunk, from some processes; only a few chunks are held in memory at a time."""
    remaining = iter(lines)
    chunks = iter(lambda: [*islice(remaining, _CHUNK)], [])
    first, second = next(chunks, []), next(chunks, [])
    chunks = chain((chunk for chunk in (first, second) if chunk), chunks)
    if second and jobs > 1:
        yield from _in_processes(chunks, release, jobs)
    else:
        for chunk in chunks:
            yield _answer(chunk, release.version)


def _in_processes(chunks: Iterator[list[str]], release: Release, jobs: int) -> Iterator[Answers]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[tuple[list[str], Future[Answers]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        while True:
            for chunk in islice(chunks, 2 * jobs - len(waiting)):
                waiting.append((chunk, pool.submit(_answer, chunk, release.version)))
            if not waiting:
                return
            try:
                answer = waiting[0][1].result()
            except (BrokenProcessPool, OSError):
                break
            waiting.popleft()
            yield answer
    # If processes cannot be started or are killed, this one does the rest.
    for left in chain((chunk for chunk, _ in waiting), chunks):
        yield _answer(left, release.version)


def _answer(lines: list[str], version: str) -> Answers:
    if len(lines) == 1:
        # Nothing needs to be remembered, and loading the module for that would take longer than judging the line.
        record = rule_record(lines[0], Release(version))
        return as_line(record), not record["ok"]
    texts, refused = zip(*map(_shapes(version).answer, lines), strict=True)
    return "".join(texts), any(refused)


@cache
def _shapes(version: str) -> Shapes:
    """The shapes of the lines that this process has seen so far."""
    from ..bulk.shapes import Shapes

    return Shapes(Release(version))
