"""Works on many files, on all processors, with the answers in the order of the files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Answer = TypeVar("Answer")

#: With fewer files than this, starting other processes takes longer than they save.
_FEW = 40
_CHUNK = 8
#: The width of the progress line, which is erased at the end.
_WIDTH = 60


def on_all_processors(work: Callable[[str], Answer], names: Sequence[str], what: str) -> Iterator[Answer]:
    """The answer for each file, in order. `work` must be picklable; `what` is one word for it, such as `checking`."""
    progress = _Progress(len(names), what)
    try:
        for answer in _answers(work, names):
            # The caller may print the answer, in place of the progress line.
            progress.wipe()
            yield answer
            progress.step()
    finally:
        progress.wipe()


def _answers(work: Callable[[str], Answer], names: Sequence[str]) -> Iterator[Answer]:
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    done = 0
    if len(names) >= _FEW and processors > 1:
        try:
            with ProcessPoolExecutor(processors) as pool:
                for answer in pool.map(work, names, chunksize=_CHUNK):
                    done += 1
                    yield answer
        except (BrokenProcessPool, OSError, ImportError):
            pass  # if processes cannot be started or are killed, this one does the rest
    for name in names[done:]:
        yield work(name)


class _Progress:
    """One line on a terminal that shows the progress of the work, and disappears."""

    def __init__(self, total: int, what: str) -> None:
        self.total, self.what, self.done = total, what, 0
        self.is_wanted = total >= _FEW and sys.stderr is not None and sys.stderr.isatty()
        self.is_shown = False

    def step(self) -> None:
        self.done += 1
        if self.is_wanted:
            self.is_shown = True
            print(f"\r{self.what} {self.done} of {self.total} files".ljust(_WIDTH), end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        if self.is_shown:
            print("\r".ljust(_WIDTH) + "\r", end="", file=sys.stderr, flush=True)
            self.is_shown = False
