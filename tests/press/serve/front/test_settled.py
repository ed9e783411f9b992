"""plugins/press/serve/front/settled.py: several steps that are one save are told once."""

import asyncio

import pytest
from press.serve.front import settled
from press.serve.front.settled import Settled
from previews import in_a_loop

#: A file, and whether it is done; None lets time pass in which nothing happens.
Steps = list[tuple[str, bool] | None]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([("a", True)], 1),
        ([("a", True), ("b", True)], 1),
        ([("a", True), None, ("a", True)], 2),
        ([("a", False), None, ("a", True)], 1),
        ([("a", False), ("a", True), None, ("b", True)], 2),
        ([("a", False), None, None, None, ("a", True)], 2),
        ([("a", False), None, None, None, ("b", True)], 2),
    ],
)
def test_what_happens_until_it_is_quiet_is_told_once(monkeypatch: pytest.MonkeyPatch, steps: Steps, told: int) -> None:
    """What is not done is waited for; but not for ever."""
    monkeypatch.setattr(settled, "QUIET", 0.1)
    monkeypatch.setattr(settled, "LONGEST", 0.5)

    async def run() -> int:
        count = 0

        def tell() -> None:
            nonlocal count
            count += 1

        happening = Settled(tell)
        for step in steps:
            if step is None:
                await asyncio.sleep(0.25)
            else:
                happening.happened([step])
        await asyncio.sleep(0.6)
        return count

    assert in_a_loop(run()) == told
