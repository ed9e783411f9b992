"""plugins/press/serve/front/one_at_a_time.py"""

import asyncio

from press.serve.front.one_at_a_time import OneAtATime
from previews import in_a_loop


def test_who_asks_during_a_run_gets_the_next_and_shares_it() -> None:
    async def ask() -> tuple[int, int, list[int]]:
        begun = running = most = 0
        gate = asyncio.Event()

        async def run() -> None:
            nonlocal begun, running, most
            begun += 1
            running += 1
            most = max(most, running)
            await gate.wait()
            running -= 1

        async def asked() -> int:
            await runs.done_from_now()
            return begun

        runs = OneAtATime(run)
        first = asyncio.create_task(asked())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        later = [asyncio.create_task(asked()) for _ in range(5)]
        await asyncio.sleep(0)
        gate.set()
        return await first, most, await asyncio.gather(*later)

    first, most, later = in_a_loop(ask())

    assert (first, most, later) == (1, 1, [2] * 5)


def test_a_run_that_fails_does_not_stop_the_next() -> None:
    async def ask() -> list[str]:
        outcomes = ["bad", "good"]
        said = []

        async def run() -> None:
            said.append(outcomes.pop(0))
            if said[-1] == "bad":
                raise ValueError

        runs = OneAtATime(run)
        for _ in range(2):
            await asyncio.gather(runs.done_from_now(), return_exceptions=True)
        return said

    assert in_a_loop(ask()) == ["bad", "good"]
