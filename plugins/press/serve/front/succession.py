"""Which worker answers, and which one is to take its place.

When the one that answers says that only a new process can read the site (settings or a plugin changed), or when it
died, a successor is started. It takes over once it has a good edition; until then the old one answers. Without an old
one it takes over as soon as there is anything to be shown.
"""

import asyncio
import time
from dataclasses import replace

from ...edition import Ahead, Edition
from ..messages import LookNow, ReadOn
from .entries import joined
from .worker_process import WorkerDied, WorkerProcess

#: How often a successor that is outdated at once is replaced before the next look is waited for.
ATTEMPTS = 3
#: How long to wait before a site that no process can read is tried again though no change was seen, in seconds.
PAUSE = 1.0
#: Longer than this a worker that was ready before has nothing to do, in seconds: a plugin may be in an endless loop.
STUCK, STUCK_AT_FIRST = 60.0, 600.0


class Succession:
    """The worker that answers, its successor, and what was last seen of the site."""

    def __init__(self, first: WorkerProcess) -> None:
        """Take the first worker, which was started already."""
        self.answering: WorkerProcess | None = None
        self._successor: WorkerProcess | None = first
        self._first = first
        self._changes = 0
        self._failed_for: object = None
        self._failed_at = 0.0
        self._failure = Edition(0)

    def note_change(self) -> None:
        """Note that a file changed: what could not be read may be fixed now, and a worker that hangs may come free."""
        self._changes += 1
        for worker in self._workers():
            if worker.busy_for() > (STUCK if worker is self.answering else STUCK_AT_FIRST):
                worker.kill()

    async def look(self) -> tuple[object, Edition]:
        """Look at the site with a worker that can read it. Returns what was seen, and a mark that differs when
        something else was seen than the time before.
        """
        seen = await self.look_ahead(frozenset())
        assert not isinstance(seen, Ahead)
        return seen

    async def look_ahead(self, wanted: frozenset[str]) -> tuple[object, Edition] | Ahead:
        """Do as look(); or, if only the text of a post changed, say which of the wanted addresses can be answered
        before that.
        """
        begun = time.monotonic()
        before = self.answering
        seen, death = await _seen_by(before, LookNow(wanted)) if before else (None, None)
        if isinstance(seen, Ahead):
            return seen
        if seen and not seen.must_restart:
            await self._dismiss_successor()
            return (self.answering, seen.number), seen
        if death:
            self.answering = None
        reason = (seen and seen.number, self._changes)
        if not death and self._successor is None and self._is_still_so(reason):
            return reason, self._failure
        known = self._successor if self._successor and self._successor.was_asked else None
        worker, found = await self._look_with_successor(has_good=bool(seen and not seen.is_partial))
        if worker is None or worker is not known:
            changed = (seen and seen.changed) or found.changed
            found = replace(found, changed=changed, seconds=time.monotonic() - begun)
        if death:
            found = replace(found, report=joined(str(death), found.report))
        if before and seen and self.answering is before:
            seen, found = await self._read_on(before, seen, found)
            reason = (seen.number, self._changes)
        if worker is None:
            self._failed_for, self._failed_at, self._failure = reason, time.monotonic(), found
            return reason, found
        if worker is self.answering:
            return (worker, found.number), found
        return (worker, found.number, seen and seen.number), found

    @staticmethod
    async def _read_on(before: WorkerProcess, seen: Edition, found: Edition) -> tuple[Edition, Edition]:
        """Let the process that answers read on, since no other can take its place; return what it has seen then, and
        what that one has, with the faults of both.
        """
        edition, _ = await _seen_by(before, ReadOn())
        if not isinstance(edition, Edition):
            return seen, found  # the next look finds out how it died
        return edition, replace(found, report=found.report if edition.is_good else joined(found.report, edition.report))

    async def _look_with_successor(
        self, attempts: int = ATTEMPTS, *, has_good: bool
    ) -> tuple[WorkerProcess | None, Edition]:
        """Let a successor look, and take over if it has a good edition, or if none has been seen yet.

        None stands for one that could not start.
        """
        try:
            worker = self._successor = self._successor or self._first.another()
        except WorkerDied as failure:
            return None, Edition(0, report=str(failure), is_of_the_machine=failure.is_of_the_machine)
        seen, death = await _seen_by(worker, LookNow())
        assert not isinstance(seen, Ahead)
        if death:
            self._successor = None
            return None, Edition(0, report=str(death), is_of_the_machine=death.is_of_the_machine)
        assert seen
        if seen.must_restart and attempts:
            await self._dismiss_successor()
            worker_after, found = await self._look_with_successor(attempts - 1, has_good=has_good)
            return worker_after, replace(found, changed=found.changed or seen.changed)
        if seen.is_good or (seen.is_partial and not has_good):
            before, self.answering, self._successor = self.answering, worker, None
            if before:
                await asyncio.to_thread(before.end)
            return worker, seen
        return worker, replace(seen, is_partial=False)  # the pages that are shown are still those of the other one

    def _is_still_so(self, reason: object) -> bool:
        """Whether a successor that failed would fail again. Without any worker nobody sees a change but the watcher,
        which may not see all; and no file tells of all that keeps a machine from it: so it is tried from time to time.
        """
        is_told = self.answering is not None and not self._failure.is_of_the_machine
        return reason == self._failed_for and (is_told or time.monotonic() < self._failed_at + PAUSE)

    async def _dismiss_successor(self) -> None:
        worker, self._successor = self._successor, None
        if worker:
            await asyncio.to_thread(worker.end)

    def _workers(self) -> list[WorkerProcess]:
        return [worker for worker in (self.answering, self._successor) if worker]

    def end(self) -> None:
        """End the workers. Blocks until they are gone."""
        for worker in self._workers():
            worker.end()


async def _seen_by(
    worker: WorkerProcess, request: LookNow | ReadOn
) -> tuple[Edition | Ahead | None, WorkerDied | None]:
    """Return what a worker sees, or None and how it died."""
    try:
        reply = await asyncio.wrap_future(worker.ask(request))
    except WorkerDied as death:
        return None, death
    assert isinstance(reply, Edition | Ahead)
    return reply, None
