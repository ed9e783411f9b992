"""Works on many files, on all processors, with the answers in the order of the files."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Job = TypeVar("Job")
Answer = TypeVar("Answer")

#: With fewer files to work on than this, starting other processes takes longer than they save.
_FEW = 40
#: How many files a process is given at a time, and how many times as many wait for each of them.
_BATCH, _WAITING = 8, 3


def on_all_processors(
    work: Callable[[Job], Answer], jobs: Iterable[Job], glance: Callable[[Job], Answer | None]
) -> Iterator[Answer]:
    """The answer for each file, in order. There is a job for each.

    `glance` answers for a file that needs no work, and is asked first, in this process; `work` does for any other, and
    must be picklable, as the jobs must be.
    """
    seen = ((job, glance(job)) for job in jobs)
    first = [*_up_to_many(seen)]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors > 1 and sum(ready is None for _, ready in first) >= _FEW:
        yield from _from_others(work, chain(first, seen), processors)
    else:
        yield from _from_this(work, chain(first, seen))


#: A job, and the answer for its file if a glance was enough.
Seen = tuple[Job, Answer | None]


def _up_to_many(seen: Iterable[Seen[Job, Answer]]) -> Iterator[Seen[Job, Answer]]:
    """Files up to the one with which there are many to work on."""
    count = 0
    for each in seen:
        yield each
        count += each[1] is None
        if count == _FEW:
            return


def _from_this(work: Callable[[Job], Answer], seen: Iterable[Seen[Job, Answer]]) -> Iterator[Answer]:
    for job, ready in seen:
        yield work(job) if ready is None else ready


def _from_others(work: Callable[[Job], Answer], seen: Iterator[Seen[Job, Answer]], processors: int) -> Iterator[Answer]:
    """The answers, from as many other processes; if they cannot be started or are killed, this one does the rest."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    batches = iter(lambda: [*_batch(seen)], [])
    waiting: deque[tuple[list[Seen[Job, Answer]], Future[list[Answer]]]] = deque()
    left: list[Seen[Job, Answer]] = []
    try:
        with ProcessPoolExecutor(processors) as pool:
            while True:
                for batch in islice(batches, _WAITING * processors - len(waiting)):
                    left = batch
                    unread = [job for job, ready in batch if ready is None]
                    waiting.append((batch, pool.submit(_work_on, work, unread)))
                    left = []
                if not waiting:
                    return
                worked = iter(waiting[0][1].result())
                for _, ready in waiting.popleft()[0]:
                    yield next(worked) if ready is None else ready
    except (BrokenProcessPool, OSError, ImportError):
        yield from _from_this(work, chain(*(batch for batch, _ in waiting), left, seen))


def _batch(seen: Iterator[Seen[Job, Answer]]) -> Iterator[Seen[Job, Answer]]:
    """The next few files to work on, and those in between that need none."""
    count = 0
    for each in islice(seen, _BATCH * _BATCH):
        yield each
        count += each[1] is None
        if count == _BATCH:
            return


def _work_on(work: Callable[[Job], Answer], jobs: Sequence[Job]) -> list[Answer]:
    return [work(job) for job in jobs]
