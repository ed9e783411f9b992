"""`drytables rules`: one command per line in, one JSON object per line out, in order; many lines on all processors."""

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

#: A longer line may have no end; no command is even half as long (`judging.limits`). In bytes.
_LONGEST_LINE = 4 << 20

#: A chunk's answers as text, and whether one of its commands is refused.
Answers = tuple[str, bool]


def judge_lines(release: Release | None = None) -> int:
    """Answer every line of standard input on standard output; returns the exit status."""
    refused, lines = False, _Lines(sys.stdin.buffer)
    for text, has_refused in answers(iter(lines), release or Release(NEWEST)):
        refused |= has_refused
        sys.stdout.write(text)
    if lines.is_endless:
        sys.stdout.flush()
        why = f"line {lines.count} is longer than {_LONGEST_LINE >> 20} MiB, which is too long for a command"
        print(f"drytables: standard input: {why}", file=sys.stderr)
        return USAGE
    return FINDINGS if refused else CLEAN


class _Lines:
    """The lines of a stream, up to one that is too long."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.count, self.is_endless = stream, 0, False

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(_LONGEST_LINE):
            self.count += 1
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                self.is_endless = True
                return
            yield line.decode(errors="replace").rstrip("\r\n")


def answers(lines: Iterable[str], release: Release) -> Iterator[Answers]:
    """The answers to all lines, chunk by chunk; only a few chunks are held in memory at a time."""
    remaining = iter(lines)
    chunks = iter(lambda: [*islice(remaining, _CHUNK)], [])
    first, second = next(chunks, []), next(chunks, [])
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    chunks = chain((chunk for chunk in (first, second) if chunk), chunks)
    if second and processors > 1:
        yield from _on_all_processors(chunks, release, processors)
    else:
        for chunk in chunks:
            yield _answer(chunk, release.version)


def _on_all_processors(chunks: Iterator[list[str]], release: Release, processors: int) -> Iterator[Answers]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[tuple[list[str], Future[Answers]]] = deque()
    with ProcessPoolExecutor(processors) as pool:
        while True:
            for chunk in islice(chunks, 2 * processors - len(waiting)):
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
