"""Work spread over all processors."""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: How many pieces each process gets one after the other, so that all of them end at about the same time.
_TURNS = 8
#: How many items a process works on at the most, before another takes its place: in the course of time, each has a copy
#: of its own of nearly all that it knows, since Python counts in each object who refers to it.
_IN_ONE_LIFE = 512
#: How long to wait for a result before it is seen to that one will come, in seconds.
_PATIENCE = 1.0
_work: Callable[[Sequence[object]], object] | None = None


def processors() -> int:
    """How many processes can work at the same time here; 1 where a process cannot continue in a copy of itself."""
    if sys.platform == "win32" or "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spare_from_search() -> None:
    """Take all that there is for long-lived: until Python searches everything for garbage, it searches only what is
    made from now on. To be called when much was made that is needed to the end, or before a copy of this process is
    made, in which each object that is searched has to be copied.
    """
    gc.freeze()
    gc.unfreeze()


def spread(
    work: Callable[[Sequence[Item]], Result], items: Sequence[Item], at_least: int, at_most: int = _IN_ONE_LIFE
) -> Iterator[tuple[int, Result]]:
    """Do some work on all items, in processes that know all that this one knows, and yield a result for each piece of
    them, after the number of its items.

    With fewer than `at_least` items for each process, or one processor, it is done right here. None works on more than
    `at_most`. What the work does to anything but its result is lost. Raises what the work raises.
    """
    count = min(processors(), len(items) // at_least) or 1
    at_once = count * _TURNS
    lives = math.ceil(len(items) / (count * at_most)) or 1
    size = math.ceil(len(items) / (at_once * lives)) or 1
    pieces = [items[at : at + size] for at in range(0, len(items), size)]
    if count == 1:
        yield from ((len(piece), work(piece)) for piece in pieces)
        return
    global _work
    _work = work  # type: ignore[assignment]
    try:
        for start in range(0, len(pieces), at_once):
            some = pieces[start : start + at_once]
            spare_from_search()
            yield from zip(map(len, some), _results(count, some), strict=True)
    finally:
        _work = None


def _results(count: int, pieces: Sequence[Sequence[object]]) -> Iterator[Any]:
    """Have so many processes work on some pieces. What they leave is done right here: the system may allow no more
    processes or threads, or end one for want of memory.
    """
    others, threads, done = _children(), {*threading.enumerate()}, 0
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _end_with_parent)
    with _quiet_threads(but=threads):
        try:
            futures = deque(pool.submit(_do, piece) for piece in pieces)
        except (OSError, RuntimeError):
            futures = deque()
        try:
            own = {*threading.enumerate()} - threads
            while futures and _is_done(futures[0], own):
                result = futures.popleft().result()
                done += 1
                yield result
        except BrokenProcessPool:
            pass
        finally:
            is_over = done == len(pieces)
            for process in () if is_over else _children() - others:  # which would be waited for, and wait for work
                process.kill()
            pool.shutdown(wait=is_over)
    yield from map(_do, pieces[done:])


def _is_done(future: Future[object], threads: Iterable[threading.Thread]) -> bool:
    """Wait for a result, and return whether there is one: none comes when the threads have ended that fetch it."""
    while not future.done():
        wait([future], _PATIENCE)
        if not future.done() and not any(each.is_alive() for each in threads):
            return False
    return True


@contextmanager
def _quiet_threads(but: Container[threading.Thread | None]) -> Iterator[None]:
    """Print nothing of why a thread ends that is started in a block: it may be that it can start no other."""
    before = threading.excepthook
    threading.excepthook = lambda failure: before(failure) if failure.thread in but else None
    try:
        yield
    finally:
        threading.excepthook = before


def _children() -> set[BaseProcess]:
    return {*multiprocessing.active_children()}


def _end_with_parent() -> None:
    """End this process when the one that it works for is gone, however that ended."""

    def outlive_nobody() -> None:
        parent = multiprocessing.parent_process()
        assert parent is not None
        parent.join()
        os._exit(1)

    try:
        threading.Thread(target=outlive_nobody, daemon=True).start()
    except RuntimeError:  # there may be no more threads
        os._exit(1)


def _do(piece: Sequence[object]) -> object:
    assert _work is not None
    result = _work(piece)
    gc.collect(1)  # few objects may hold much text, and their number is what Python goes by
    return result
