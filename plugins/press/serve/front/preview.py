"""The site as it is now: looked at before each answer, and each page rendered once for each edition."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from ...edition import Edition
from ..messages import Digest, Found, Get, GetDigest, GetNearest, Missing, Nearest, Reply, Request, Unrendered
from .one_at_a_time import OneAtATime
from .succession import Succession
from .worker_process import WorkerDied

#: How many pages are remembered: those of the open tabs, and some that were shown before.
REMEMBERED = 64


@dataclass(frozen=True)
class Shown:
    """A page as it is shown, and if it could not be rendered now, why; then it is as it was when it last could."""

    page: Found | Missing | None
    report: str


class Preview:
    """Answers with pages of the newest edition."""

    def __init__(
        self,
        succession: Succession,
        published: Callable[[Edition], None],
        rendered: Callable[[str, str], None],
    ) -> None:
        """Take a function to call with each new edition, and one to call with the address of each page that was
        rendered, and the report if that failed.
        """
        self.edition = Edition(0)
        self._succession = succession
        self._published = published
        self._rendered = rendered
        self._mark: object = None
        self._looks = OneAtATime(self._look)
        self._pages: OrderedDict[str, tuple[int, Shown]] = OrderedDict()
        self._fatal: dict[str, str] = {}

    async def look(self) -> Edition:
        """Make sure that what is answered from now on is as fresh as the sources, and return the present edition."""
        await self._looks.done_from_now()
        return self.edition

    def note_change(self) -> None:
        """Take note that a file changed; look() says what that means."""
        self._fatal.clear()
        self._succession.note_change()

    async def page(self, address: str) -> Shown:
        """Return what is at an address, rendered once for each edition."""
        edition = self.edition.number
        known, last = self._pages.get(address, (0, Shown(None, "")))
        if known == edition:
            return last
        reply = await self._ask(Get(address), address)
        if isinstance(reply, Unrendered):
            shown = replace(last, report=reply.report)
        else:
            assert isinstance(reply, Found | Missing)
            shown = Shown(reply, "")
        if not isinstance(reply, Found) or reply.content_type.startswith("text/html"):
            self._pages[address] = edition, shown
            self._pages.move_to_end(address)
            if len(self._pages) > REMEMBERED:
                self._pages.popitem(last=False)
        self._rendered(address, shown.report)
        return shown

    async def digest(self, address: str) -> str:
        """Return the digest of what is at an address; empty if there is nothing."""
        reply = await self._ask(GetDigest(address), address)
        return reply.digest if isinstance(reply, Digest) else ""

    async def nearest(self, address: str) -> tuple[str, ...]:
        """Return the addresses of pages that are most like one that has nothing, the most similar first."""
        reply = await self._ask(GetNearest(address), address)
        return reply.addresses if isinstance(reply, Nearest) else ()

    async def _ask(self, request: Request, address: str) -> Reply:
        if address in self._fatal:
            return Unrendered(self._fatal[address])
        while worker := self._succession.answering:
            try:
                return await asyncio.wrap_future(worker.ask(request))
            except WorkerDied as death:
                if self._succession.answering is not worker:
                    continue  # it was replaced meanwhile
                # The next one would die of the same, so this address is left alone until something changes.
                self._fatal[address] = str(death)
                await self.look()
                return Unrendered(str(death))
        return Unrendered(self.edition.report)

    async def _look(self) -> None:
        mark, seen = await self._succession.look()
        if mark == self._mark:
            return
        self._mark = mark
        if seen.changed:
            self._fatal.clear()
        # Grows whichever worker saw it: each counts its own.
        self.edition = replace(seen, number=self.edition.number + 1)
        self._published(self.edition)
