"""One address is tried: the request, its redirects, and what the last answer means."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import NamedTuple

import httpx

from .answer import Answer, Outcome
from .failures import reason
from .hosts import Hosts, seconds_of
from .places import ids_of

#: How often an address may be redirected, and how often a host may ask for a wait.
_MOST_REDIRECTS, _MOST_WAITS = 10, 2
_FOR_GOOD = frozenset({301, 308})
_GONE = frozenset({404, 410})
#: What hosts answer to programs, whatever they have for readers. LinkedIn made up the 999.
_REFUSED = frozenset({400, 401, 402, 403, 405, 406, 407, 418, 421, 423, 425, 426, 428, 429, 451, 999})
_BUSY = frozenset({429, 503})


class _Reply(NamedTuple):
    """What a trial needs of a response, whose body was looked at or left."""

    status: int
    phrase: str
    next: httpx.URL | None
    retry_after: str
    ids: frozenset[str] | None

    @property
    def words(self) -> str:
        return f"{self.status} {self.phrase}".strip()


class Trial:
    """Tries addresses, each request in the turn of its host and within `timeout` seconds."""

    def __init__(self, client: httpx.AsyncClient, hosts: Hosts, timeout: float) -> None:
        self._client, self._hosts, self._timeout = client, hosts, timeout

    async def answer(self, address: str, is_looked_at: bool) -> Answer:
        """Return what becomes of an address. `is_looked_at` asks for the places on its page as well."""
        try:
            return await self._followed(httpx.URL(address), is_looked_at)
        except TimeoutError:
            return Answer(Outcome.UNREACHABLE, f"its host does not answer within {self._timeout:g} s")
        except Exception as failure:  # whatever an address or its host brings forth, the others are tried
            return Answer(Outcome.UNREACHABLE, reason(failure))

    async def _followed(self, url: httpx.URL, is_looked_at: bool) -> Answer:
        """Follow redirects to their end. As long as all of them are for good, the address has moved."""
        moved_to, is_for_good = "", True
        for _ in range(_MOST_REDIRECTS + 1):
            reply = await self._asked(url, is_looked_at)
            if reply is None:
                return Answer(Outcome.REFUSED, "its host asks programs to come back much later")
            if reply.next is None:
                return _judged(reply, moved_to)
            url = reply.next
            is_for_good = is_for_good and reply.status in _FOR_GOOD
            if is_for_good:
                moved_to = str(url)
        raise httpx.TooManyRedirects(f"more than {_MOST_REDIRECTS} redirects")

    async def _asked(self, url: httpx.URL, is_looked_at: bool) -> _Reply | None:
        """Ask with HEAD, and with GET where HEAD is answered with an error: many programs never learnt it."""
        reply = None
        if not is_looked_at:
            try:
                reply = await self._patiently("HEAD", url)
            except httpx.RemoteProtocolError:
                return await self._patiently("GET", url)
            if reply is None or reply.status < HTTPStatus.BAD_REQUEST or reply.status in _BUSY:
                return reply
        return await self._patiently("GET", url, is_looked_at)

    async def _patiently(self, method: str, url: httpx.URL, is_looked_at: bool = False) -> _Reply | None:
        """Ask, and ask again after the time that a host asks for; None if that is too long."""
        reply = None
        for _ in range(_MOST_WAITS + 1):
            reply = await self._hosts.in_turn(url.host, lambda: self._once(method, url, is_looked_at))
            wanted = seconds_of(reply.retry_after) if reply is not None and reply.status in _BUSY else None
            if wanted is None:
                break
            if not self._hosts.ask_to_wait(url.host, wanted):
                return None
        return reply

    async def _once(self, method: str, url: httpx.URL, is_looked_at: bool) -> _Reply:
        """One request, of which no more than is wanted is read."""
        async with asyncio.timeout(self._timeout):
            response = await self._client.send(self._client.build_request(method, url), stream=True)
            try:
                ids = await ids_of(response) if is_looked_at and response.is_success else None
            finally:
                await response.aclose()
        following = response.next_request.url if response.next_request else None
        return _Reply(
            response.status_code, response.reason_phrase, following, response.headers.get("retry-after", ""), ids
        )


def _judged(reply: _Reply, moved_to: str) -> Answer:
    """What the last answer means."""
    if reply.status in _GONE:
        where = f" at {moved_to}, where it has moved" if moved_to else ""
        return Answer(Outcome.GONE, f"{reply.words}{where}")
    if reply.status in _REFUSED:
        return Answer(Outcome.REFUSED, reply.words)
    if reply.status >= HTTPStatus.BAD_REQUEST:
        return Answer(Outcome.UNREACHABLE, f"its host answers {reply.words}")
    return Answer(Outcome.MOVED if moved_to else Outcome.GOOD, "", moved_to, reply.ids)
