"""All addresses are tried, many hosts at a time, within one limit of time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

import httpx

from ..limits import Limits
from .answer import Answer, Outcome
from .hosts import Hosts
from .trial import Trial

#: Headers besides the user agent. A compressed body would have to be unpacked, however large it becomes.
_HEADERS = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding": "identity"}


def user_agent(site: str) -> str:
    """Who asks and why, for the logs of those who are asked; `site` is the address of the site with the links."""
    return f"Mozilla/5.0 (compatible; external_links/1; sees whether links on {site or 'a blog'} still work)"


def try_all(
    wanted: Mapping[str, bool],
    agent: str,
    limits: Limits,
    told: Callable[[str, Answer], None],
) -> None:
    """Try addresses, each with whether the places on its page are wanted, and report each as soon as it is known.

    Those without an answer when the time for all has run out are reported as untried.
    """
    asyncio.run(_all(wanted, agent, limits, told))


async def _all(wanted: Mapping[str, bool], agent: str, limits: Limits, told: Callable[[str, Answer], None]) -> None:
    # A pause is longer than many hosts keep a connection for.
    connections = httpx.Limits(max_keepalive_connections=0)
    headers = {**_HEADERS, "User-Agent": agent}
    async with httpx.AsyncClient(headers=headers, timeout=None, limits=connections) as client:
        deadline = asyncio.get_running_loop().time() + limits.within
        trial = Trial(client, Hosts(limits.pause), limits.timeout)

        async def tried(address: str, is_looked_at: bool) -> None:
            answer = Answer(Outcome.UNTRIED)
            with suppress(TimeoutError):
                async with asyncio.timeout_at(deadline):
                    answer = await trial.answer(address, is_looked_at)
            told(address, answer)

        async with asyncio.TaskGroup() as tasks:
            for each in sorted(wanted.items()):
                tasks.create_task(tried(*each))
