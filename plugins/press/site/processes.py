"""Work spread over all processors."""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: How many pieces each process gets one after the other, so that all of them end at about the same time.
_TURNS = 8
#: How many items a process works on at the most, before another takes its place: in the course of time, each has a copy
#: of its own of nearly all that it knows, since Python counts in each object who refers to it.
_IN_ONE_LIFE = 512
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
            with ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _end_with_parent) as pool:
                yield from zip(map(len, some), pool.map(_do, some), strict=True)
    finally:
        _work = None


def _end_with_parent() -> None:
    """End this process when the one that it works for is gone, however that ended."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        assert parent is not None
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _do(piece: Sequence[object]) -> object:
    assert _work is not None
    result = _work(piece)
    gc.collect(1)  # few objects may hold much text, and their number is what Python goes by
    return result
