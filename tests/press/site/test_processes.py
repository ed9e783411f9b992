"""plugins/press/site/processes.py: all work is done, and no process outlives the one that it works for."""

import gc
import multiprocessing.util
import os
import resource
import signal
import subprocess
import sys
import time
import weakref
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import need, press_environment
from press.site.processes import processors, spare_from_search, spread

#: A user whom nobody is.
_WITHOUT_PROCESSES = 64_321


class _Thing:
    """Something that can be in a circle."""

    other: object = None


def squares(numbers: Sequence[int]) -> list[int]:
    """What is to be done."""
    return [number * number for number in numbers]


@pytest.mark.parametrize("count", [0, 1, 7, 8, 100, 101, 3_001])
@pytest.mark.parametrize("at_least", [1, 8, 1_000])
@pytest.mark.starts_programs
def test_each_item_is_worked_on_once(count: int, at_least: int) -> None:
    """In their order, with how many of them each result stands for."""
    results = [*spread(squares, range(count), at_least)]

    assert [square for _, piece in results for square in piece] == [number * number for number in range(count)]
    assert sum(done for done, _ in results) == count


@pytest.mark.skipif(processors() < 2, reason="one processor works alone")
@pytest.mark.starts_programs
def test_of_much_work_no_process_does_all() -> None:
    """Each comes to have a copy of its own of all that it looks at."""
    most = 96
    done = [*spread(lambda numbers: (os.getpid(), len(numbers)), range(3 * most * processors()), 1, most)]
    parts = Counter[int]()
    for count, (process, same) in done:
        assert count == same
        parts[process] += count

    assert len(parts) >= 3
    assert max(parts.values()) <= most * processors()  # one may work while another starts


@pytest.mark.skipif(processors() < 2, reason="one processor works alone")
@pytest.mark.starts_programs
def test_a_process_holds_no_garbage_of_the_pieces_before() -> None:
    """However few objects there are: each may hold a page."""
    there = weakref.WeakSet[_Thing]()

    def work(_: Sequence[int]) -> int:
        before = len(there)
        thing = _Thing()
        thing.other = thing
        there.add(thing)
        return before

    assert {before for _, before in spread(work, range(100), 1)} == {0}


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    def work(numbers: Sequence[int]) -> None:
        raise ValueError(f"{numbers[0]} is wrong")

    with pytest.raises(ValueError, match="is wrong"):
        list(spread(work, range(100), 1))


@pytest.mark.skipif(processors() < 2, reason="one processor works alone")
@pytest.mark.starts_programs
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nobody_works_for_a_process_that_is_gone(tmp_path: Path, number: int) -> None:
    """Not even if it was killed."""
    program = f"""
import os, time
from press.site.processes import spread

def work(items):
    open(f"{tmp_path}/{{os.getpid()}}", "w").close()
    time.sleep(60)

print([*spread(work, range(100), 1)])
"""
    parent = subprocess.Popen([sys.executable, "-c", program], env={**press_environment(), "PYTHONPATH": "plugins"})
    while len([*tmp_path.iterdir()]) < 2:
        time.sleep(0.02)
    workers = [int(path.name) for path in tmp_path.iterdir()]

    parent.send_signal(number)
    parent.wait()

    for _ in range(500):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.01)
    assert not any(map(is_running, workers))


def is_running(process: int) -> bool:
    """Whether a process is there, and not only waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_spared_from_a_search_is_searched_with_all() -> None:
    """It is long-lived at once, and yet no circle is kept for ever."""
    thing = _Thing()
    thing.other = thing
    end = weakref.ref(thing)
    spare_from_search()
    assert not any(each is thing for each in gc.get_objects(0))
    del thing

    gc.collect(1)
    assert end() is not None
    gc.collect()
    assert end() is None


@pytest.mark.skipif(processors() < 2, reason="one processor works alone")
@pytest.mark.parametrize("allowed", range(1, 9))
def test_all_is_done_however_few_processes_and_threads_are_allowed(allowed: int) -> None:
    """One that was started before another could not be is not waited for, nor is a result that nobody fetches."""
    if os.geteuid():
        need(None, "a user who has no processes", "run the tests as root")
    result, sink = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            signal.alarm(60)
            os.setuid(_WITHOUT_PROCESSES)
            os.dup2(os.open(os.devnull, os.O_RDWR), 1)
            os.dup2(sink, 2)
            resource.setrlimit(resource.RLIMIT_NPROC, (allowed, allowed))
            found = [square for _, piece in spread(squares, range(100), 1) for square in piece]
            os.write(sink, b"all" if found == squares(range(100)) else b"some")
            multiprocessing.util._exit_function()
        finally:
            os._exit(0)
    os.close(sink)
    with os.fdopen(result) as answer:
        assert answer.read() == "all"
    assert os.waitpid(process, 0)[1] == 0


@pytest.mark.skipif(processors() < 2, reason="one processor works alone")
@pytest.mark.starts_programs
def test_what_a_process_leaves_that_is_killed_is_done_all_the_same() -> None:
    """As the system does when memory runs out."""
    own = os.getpid()

    def work(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != own and 50 in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return squares(numbers)

    results = [square for _, piece in spread(work, range(100), 1) for square in piece]

    assert results == squares(range(100))
