"""Work grows with a text and not with its square, whatever the text is made of.

Each kind of text is read at two sizes in one run, and only the ratio of the two times is held: it is the same on a
slow machine. A kind that took a bad time once stands here so that it never does again.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from time import process_time

import pytest
from drytables.diagnostics.source import Source
from drytables.reading.dialect import Dialect
from drytables.report import check

#: Twice the text may take twice the time, and somewhat more for the noise of the machine; its square takes four times.
MOST_RATIO = 3
#: How often a text is read at the least and at the most, of which the fastest counts.
FEWEST_RUNS, MOST_RUNS = 3, 12
#: Seconds of processor after which a text is said to take for ever.
PATIENCE = 20

Builder = Callable[[int], str]


def page(text: str, dialect: Dialect = "superfences") -> None:
    """Check a page with this body."""
    check(Source("post.md", "Title: x\n\n" + text), dialect=dialect)


def fenced(text: str) -> None:
    """Check a page with this shell code."""
    page(f"```sh\n{text}\n```\n")


#: What a page may be made of: a name, the text of n such things, and how many take long enough to be measured.
PAGES: list[tuple[str, Builder, int]] = [
    ("images in a row", lambda n: '<img src="a"> ' * n, 20_000),
    ("quotes in a row", lambda n: "<blockquote>" * n, 20_000),
    ("tags, each closed", lambda n: "<b>x</b> " * n, 20_000),
    ("spans", lambda n: "<span>" * n, 20_000),
    ("sections", lambda n: "<section>" * n, 20_000),
    ("details", lambda n: "<details>" * n, 20_000),
    ("divisions", lambda n: "<div class='x'>" * n, 20_000),
    ("tags of several kinds", lambda n: '<div><p><a href="x"><b>' * n, 5_000),
    ("tags on lines of their own", lambda n: '<div><p><a href="x"><b>\n' * n, 5_000),
]


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """End what takes for ever: it would hold up all other tests."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError(f"this takes more than {PATIENCE} seconds")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def ratio(work: Callable[[str], object], small: str, large: str) -> float:
    """Return how many times as long the work takes on the larger text."""

    def seconds(text: str) -> float:
        gc.collect()
        start = process_time()
        work(text)
        return process_time() - start

    shortest, longest = [seconds(small)], [seconds(large)]
    while len(longest) < FEWEST_RUNS or (
        len(longest) < MOST_RUNS and min(longest) >= MOST_RATIO * min(shortest)
    ):
        shortest.append(seconds(small))
        longest.append(seconds(large))
    return min(longest) / min(shortest)


@pytest.mark.parametrize(("build", "size"), [kind[1:] for kind in PAGES], ids=[kind[0] for kind in PAGES])
def test_a_page_takes_time_as_it_has_letters(build: Builder, size: int) -> None:
    assert ratio(page, build(size), build(2 * size)) < MOST_RATIO
