"""The open tabs, each of which hears what concerns it.

A tab is not sent events, but the difference between what it shows and what it should show. So it does not matter
whether it was asleep at the time, or was opened by an earlier preview.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from urllib.parse import quote

from . import painted
from .preview import Preview
from .resources import Resources
from .view import view

#: A line without meaning so often, in seconds, to find out which tabs are gone.
HEARTBEAT = 15.0
#: A browser opens six connections to a server, and one that waits for events is not there for pages.
AT_ONCE = 4
_MISSING = 404


class Follower:
    """One tab: the page that it shows, and whether there may be something to tell it."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.something = asyncio.Event()
        self.is_leaving = False
        self.has_to_rest = False

    def leave(self) -> None:
        """Let the stream of events end."""
        self.is_leaving = True
        self.something.set()


class Followers:
    """All open tabs."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._followers: list[Follower] = []
        self.resources = Resources(preview, self.wake)

    @property
    def are_there(self) -> bool:
        """Whether there is any."""
        return bool(self._followers)

    def join(self, client: str) -> Follower:
        """Take in a tab of a client, which is known by its network address. Of many, the oldest has to rest."""
        same = [each for each in self._followers if each.client == client and not each.has_to_rest]
        if len(same) >= AT_ONCE:
            same[0].has_to_rest = True
            same[0].something.set()
        follower = Follower(client)
        self._followers.append(follower)
        return follower

    def wake(self) -> None:
        """Let each of them see whether something concerns it."""
        for follower in self._followers:
            follower.something.set()

    def close(self) -> None:
        """Let all of them go."""
        for follower in self._followers:
            follower.leave()

    def tell_of_edition(self) -> None:
        """Announce a new edition: first the pages, then what is on them."""
        self.wake()
        if self._followers:
            self.resources.check()

    async def events(
        self, follower: Follower, address: str | None, digest: str, mark: str
    ) -> AsyncGenerator[bytes, None]:
        """Yield what concerns a tab that shows a page of this digest, and all else as it was at the mark, in the form
        of server-sent events.
        """
        told: tuple[str, bool] | None = None
        yield b"retry: 1000\n\n"
        try:
            await self._preview.look(address)
            self.resources.check()
            while not follower.is_leaving:
                follower.something.clear()
                shown = await view(self._preview, address)
                changed = self.resources.changed_since(mark)
                if shown.digest != digest or changed is None:
                    moved = await self._preview.moved_to(address) if address and shown.status == _MISSING else ""
                    yield _event("moved", mark, quote(moved)) if moved else _event("reload", mark)
                    return
                if told != (shown.report, shown.is_partial):
                    told = shown.report, shown.is_partial
                    yield _event("report", mark, {"parts": painted.parts(shown.report), "isPartial": shown.is_partial})
                if changed:
                    mark = self.resources.mark()
                    yield _event("resources", mark, changed)
                if follower.has_to_rest:
                    yield _event("rest", mark)
                    return
                while not follower.something.is_set():
                    try:
                        await asyncio.wait_for(follower.something.wait(), HEARTBEAT)
                    except TimeoutError:
                        yield b":\n\n"
        finally:
            self._followers.remove(follower)


def _event(name: str, mark: str, data: object = "") -> bytes:
    return f"event: {name}\nid: {mark}\ndata: {json.dumps(data)}\n\n".encode()
