"""commands/workers.py: the answers come in the order of the files, from whatever process."""

import os

import pytest
from drytables.commands.workers import on_all_processors


def _glanced(name: str) -> str | None:
    return f"{name} at a glance" if int(name) % 3 else None


def _worked(name: str) -> str:
    return f"{name} worked on"


def _killed(name: str) -> str:
    """Ends a process that was started for it; this one does the work."""
    if os.getpid() != _OWN:
        os._exit(1)
    return _worked(name)


_OWN = os.getpid()


@pytest.mark.parametrize("count", [0, 1, 30, 119, 120, 121, 1000])
@pytest.mark.parametrize("work", [_worked, _killed])
def test_answers_are_in_order_whoever_gives_them(count: int, work: object) -> None:
    names = [str(number) for number in range(count)]
    assert callable(work)

    answers = [*on_all_processors(work, iter(names), _glanced)]

    assert answers == [_glanced(name) or _worked(name) for name in names]


def test_of_many_files_only_a_few_are_looked_at_before_the_first_answer() -> None:
    looked_at: list[str] = []

    def glance(name: str) -> str | None:
        looked_at.append(name)
        return None

    next(on_all_processors(_worked, map(str, range(10_000)), glance))

    assert len(looked_at) < 500
