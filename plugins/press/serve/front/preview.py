"""The site as it is now: looked at before each answer, and each page rendered once for each edition."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from ...edition import Ahead, Edition
from ..messages import (
    Address,
    Digest,
    Found,
    Get,
    GetAddress,
    GetDigest,
    GetNearest,
    Missing,
    Nearest,
    Reply,
    Request,
    Unrendered,
)
from .one_at_a_time import OneAtATime
from .succession import Succession
from .worker_process import WorkerDied

#: How many pages are remembered: those of the open tabs, and some that were shown before.
REMEMBERED = 64
#: Pages that were asked for last: when a post changes, its page is probably one of them.
LATELY = 8
#: How long after an early answer the site is read, in seconds: by then, a browser that was told to reload the page has
#: it. Further saves put that off, but not for longer than this.
PAUSE, LONGEST_PAUSE = 0.2, 1.0
#: The edition of a page that was renewed since it was rendered.
_OUTDATED = 0


@dataclass(frozen=True)
class Shown:
    """A page as it is shown, and if it could not be rendered now, why; then it is as it was when it last could.
    `is_of_the_machine` says that it may be by the next time.

    `source` is that of the page which was at the address last, though nothing may be there now.
    """

    page: Found | Missing | None
    report: str
    source: str = ""
    is_of_the_machine: bool = False


class Preview:
    """Answers with pages of the newest edition."""

    def __init__(
        self,
        succession: Succession,
        published: Callable[[Edition], None],
        rendered: Callable[[str, str], None],
        is_ahead: Callable[[], None],
    ) -> None:
        """Take a function to call with each new edition, one to call with the address of each page that was rendered,
        and the report if that failed, and one to call when pages can be answered ahead of an edition.
        """
        self.edition = Edition(0)
        self._succession = succession
        self._published = published
        self._rendered = rendered
        self._is_ahead = is_ahead
        self._wanted: set[str | None] = set()
        self._settling: asyncio.TimerHandle | None = None
        self._settling_until = 0.0
        self._mark: object = None
        self._looks = OneAtATime(self._look)
        self._pages: OrderedDict[str, tuple[int, Shown]] = OrderedDict()
        self._fatal: dict[str, str] = {}

    async def look(self, address: str | None = None) -> Edition:
        """Make sure that what is answered from now on is as fresh as the sources, or only what is at one address.
        Returns the present edition.
        """
        self._wanted.add(address)
        await self._looks.done_from_now()
        return self.edition

    def follow(self) -> None:
        """After a change, begin to check the pages that were asked for recently, and then the rest."""
        self._looks.begin()

    @property
    def has_pages(self) -> bool:
        """Whether there is a site from which pages are taken, though some of them may fail."""
        return self._succession.answering is not None

    @property
    def is_of_the_machine(self) -> bool:
        """Whether something is not as it should be that may be by the next time, though no file changes."""
        pages = (shown.is_of_the_machine for _, shown in self._pages.values())
        return self.edition.is_of_the_machine or any(pages)

    def note_change(self) -> None:
        """Take note that a file changed; look() says what that means."""
        self._fatal.clear()
        self._succession.note_change()

    async def page(self, address: str) -> Shown:
        """Return what is at an address, rendered once for each edition."""
        edition = self.edition.number
        known, last = self._pages.get(address, (0, Shown(None, "")))
        if known == edition and not last.is_of_the_machine:
            return last
        reply = await self._ask(Get(address), address)
        if isinstance(reply, Unrendered):
            shown = replace(last, report=reply.report, is_of_the_machine=reply.is_of_the_machine)
        elif isinstance(reply, Found):
            shown = Shown(reply, reply.report, reply.source)
        else:
            assert isinstance(reply, Missing)
            shown = Shown(reply, "", last.source)
        if not isinstance(reply, Found) or reply.content_type.startswith("text/html"):
            self._pages[address] = edition, shown
            self._pages.move_to_end(address)
            if len(self._pages) > REMEMBERED:
                self._pages.popitem(last=False)
        self._rendered(address, shown.report)
        return shown

    async def digest(self, address: str) -> str:
        """Return the digest of the file at an address; empty if there is none."""
        reply = await self._ask(GetDigest(address), address)
        return reply.digest if isinstance(reply, Digest) else ""

    async def moved_to(self, address: str) -> str:
        """Return where the post or page is now that was shown at an address last; empty if it is nowhere, or there."""
        source = self._pages[address][1].source if address in self._pages else ""
        reply = await self._ask(GetAddress(source), address) if source else None
        return reply.address if isinstance(reply, Address) and reply.address != address else ""

    async def nearest(self, address: str) -> tuple[str, ...]:
        """Return where the page went that was at an address, and the addresses most like it, the best first."""
        moved = await self.moved_to(address)
        reply = await self._ask(GetNearest(address), address)
        alike = reply.addresses if isinstance(reply, Nearest) else ()
        return tuple(dict.fromkeys((moved, *alike) if moved else alike))

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
        demanded, self._wanted = self._wanted, set()
        seen = await self._look_ahead(demanded) if None not in demanded else None
        if isinstance(seen, Ahead):
            self._settle_soon()
            self._is_ahead()
            if demanded <= seen.ready:
                return
        mark, edition = await self._succession.look() if seen is None or isinstance(seen, Ahead) else seen
        if mark == self._mark:
            return
        self._mark = mark
        if edition.changed:
            self._fatal.clear()
        # Grows whichever worker saw it: each counts its own.
        self.edition = replace(edition, number=self.edition.number + 1)
        self._published(self.edition)

    async def _look_ahead(self, demanded: set[str | None]) -> tuple[object, Edition] | Ahead:
        """Look at the site, unless it is enough to look at one post."""
        lately = [*self._pages][-LATELY:]
        seen = await self._succession.look_ahead(frozenset(each for each in (*demanded, *lately) if each is not None))
        if isinstance(seen, Ahead):
            self._pages |= {address: (_OUTDATED, self._pages[address][1]) for address in seen.ready & {*self._pages}}
        return seen

    def _settle_soon(self) -> None:
        loop = asyncio.get_running_loop()
        if self._settling is None:
            self._settling_until = loop.time() + LONGEST_PAUSE
        else:
            self._settling.cancel()
        self._settling = loop.call_at(min(loop.time() + PAUSE, self._settling_until), self._settle)

    def _settle(self) -> None:
        self._settling = None
        self._wanted.add(None)
        self._looks.begin()
