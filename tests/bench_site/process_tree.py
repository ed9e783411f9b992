"""A program with all that it starts: what it takes, and its end."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

import psutil

#: Seconds between two looks at the memory: a hundredth of the time until now, within these bounds. So a program of a
#: tenth of a second is looked at ten times, and a long one is not slowed down.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.2
#: One look in so many asks for new processes, too, which takes far longer than the look itself.
LOOKS_FOR_ONE_SEARCH = 4
#: Seconds that a program has to end by itself.
PATIENCE = 10


class Failed(Exception):
    """A program did not do what it was started for; the message has its own words."""


class TookTooLong(Exception):
    """A program was still busy after all the time that it was given."""


class Taken(NamedTuple):
    """What a program took, with all that it started."""

    #: By the clock.
    seconds: float
    #: Of all processors together.
    processor_seconds: float
    #: At the most.
    mebibytes: float


def everything_below(process: int) -> Iterator[psutil.Process]:
    """A process and all that it has started; those that have just ended are left out."""
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(process)
        yield root
        yield from root.children(recursive=True)


def memory(processes: Iterable[psutil.Process]) -> float:
    """The mebibytes of several processes. What they share counts once, where the system can tell.

    Linux divides what is shared among all who do, also among strangers who run the same program. So it is never taken
    to be less than the largest of them has for itself.
    """
    together = largest = 0
    for process in processes:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            sizes = process.memory_full_info()
            together += getattr(sizes, "pss", sizes.rss)
            largest = max(largest, sizes.rss)
    return max(together, largest) / (1 << 20)


class MemoryWatch:
    """The most memory that a process and all it started had together while this was open."""

    def __init__(self, process: int) -> None:
        self.most = 0.0
        self._process = process
        self._is_over = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._watching.join()

    def _watch(self) -> None:
        begun = time.perf_counter()
        pause = 0.0
        for look in itertools.count():
            if self._is_over.wait(pause):
                return
            if look % LOOKS_FOR_ONE_SEARCH == 0:
                found = [*everything_below(self._process)]
            self.most = max(self.most, memory(found))
            pause = min(max(SHORTEST_PAUSE, (time.perf_counter() - begun) / 100), LONGEST_PAUSE)


def processor_seconds(process: int) -> float:
    """What a process, all that it has started, and of that what has ended, took of the processors until now."""
    seconds = 0.0
    for each in everything_below(process):
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            seconds += times.user + times.system
            seconds += getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    return seconds


class Program:
    """A program that is running, and what it has printed."""

    def __init__(self, process: subprocess.Popen[bytes], told: IO[bytes]) -> None:
        self.number = process.pid
        self._process = process
        self._told = told

    @property
    def has_ended(self) -> bool:
        """Whether it ended by itself."""
        return self._process.poll() is not None

    def printed(self) -> str:
        """All that it has printed until now."""
        self._told.seek(0)
        return self._told.read().decode(errors="replace")

    def end(self) -> None:
        """End it and all that it started, as Ctrl-C does in a terminal; what is still there after a while is killed."""
        below = [*everything_below(self.number)]
        self._send(signal.SIGINT)
        psutil.wait_procs(below, timeout=PATIENCE)
        self._send(signal.SIGKILL)
        for each in below:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.wait()

    def run_to_end(self, seconds: float) -> Taken:
        """Wait for its end, and measure it.

        Raises Failed if it reports an error, and TookTooLong if it has not ended after so many seconds.
        """
        begun = time.perf_counter()
        out_of_time = threading.Timer(seconds, self._send, (signal.SIGKILL,))
        out_of_time.daemon = True
        out_of_time.start()
        with MemoryWatch(self.number) as memory:
            _, status, usage = os.wait4(self.number, 0)
            taken = time.perf_counter() - begun
        out_of_time.cancel()
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if taken >= seconds:
            raise TookTooLong
        if status:
            raise Failed(self.printed())
        return Taken(taken, usage.ru_utime + usage.ru_stime, memory.most)

    def _send(self, number: signal.Signals) -> None:
        """Send a signal to it and all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.number, number)


@contextmanager
def _signals_held() -> Iterator[list[int]]:
    """Keep the signals that end us for later: what is just being started could not be ended yet."""
    held: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for number in before:
        signal.signal(number, lambda came, _: held.append(came))
    try:
        yield held
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def started(words: Iterable[str], folder: Path, environment: dict[str, str]) -> Iterator[Program]:
    """Start a program in a folder, and end it with all that it started, whatever happens meanwhile.

    Raises Failed if it cannot be started.
    """
    with tempfile.TemporaryFile() as told:
        try:
            with _signals_held() as held:
                process = subprocess.Popen(
                    [*words],
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=told,
                    stderr=told,
                    start_new_session=True,
                )
        except OSError as error:
            raise Failed(f"{error.filename} cannot be started: {error.strerror}") from None
        program = Program(process, told)
        try:
            for number in held:
                signal.raise_signal(number)
            yield program
        finally:
            program.end()
